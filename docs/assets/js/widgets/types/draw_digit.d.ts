// What digit_image.js, digit_networks.js and the scripts in weights/ give to draw_digit.js.

/** Where the pen was: x and y on the sheet (0 to its size), and half the width of its line. */
type PenPoint = [x: number, y: number, radius: number];

interface FirstNeuronDigitImage {
  /**
   * Draw strokes, each a list of points that the pen went through; `scale` is how many pixels a unit
   * of the points has. The rim of a stroke is half a pixel soft.
   * @returns ink from 0 (none) to 1, `size` by `size` pixels, row by row
   */
  ink(strokes: PenPoint[][], size: number, scale?: number): Float64Array;
  /**
   * Scale and centre a drawn digit as MNIST's were: its bounding box to `box` pixels on the longer
   * side, its centre of mass in the middle of `side` by `side` pixels.
   * @param values ink from 0 to 1, row by row
   * @returns `side` * `side` pixels, 0 (background) to 255 (ink); null where there is no ink
   */
  mnistImage(
    values: ArrayLike<number>,
    height: number,
    width: number,
    side?: number,
    box?: number,
  ): Uint8Array | null;
  /** Scale an image: each new pixel is the mean of the area that it covers. */
  resample(
    values: ArrayLike<number>,
    height: number,
    width: number,
    newHeight: number,
    newWidth: number,
  ): Float64Array;
}

/** A layer as its script has it: dense if its shape has two numbers, convolutional if four. */
interface PackedLayer {
  shape: number[];
  stride: number;
  padding: number;
  pool: number;
  /** For each row of weights. */
  scales: number[];
  biases: number[];
  /** Bytes in base 64, in lines. */
  weights: string[];
}

interface PackedNetwork {
  score: number;
  layers: PackedLayer[];
}

/** What a layer put out: `channels` pictures of `side` by `side`, or as many single numbers. */
interface LayerAnswers {
  values: Float64Array;
  channels: number;
  side: number;
}

/** A colour by its name in colours.css. */
type Colour = (name: string) => string;

interface DigitWay {
  /** After how many points, and which probabilities then. */
  answers: [number, Float64Array][];
  /** How many points there are after each stroke. */
  ends: number[];
  total: number;
  /** How many are shown. */
  at: number;
  /** px */
  em: number;
  font: string;
  colour: Colour;
}

interface FirstNeuronDigitPictures {
  /** White ink on black, as MNIST's images are, on a canvas of 28 by 28 pixels. */
  paint(canvas: HTMLCanvasElement, image: Uint8Array): void;
  strokes(context: CanvasRenderingContext2D, drawn: PenPoint[][], colour: string): void;
  /** Where the pen of the keyboard is. */
  cross(
    context: CanvasRenderingContext2D,
    place: { x: number; y: number; down: boolean },
    radius: number,
    colour: Colour,
  ): void;
  /** Rows of small pictures: zero is pale, the strongest of a layer is full colour. */
  layers(
    context: CanvasRenderingContext2D,
    width: number,
    all: LayerAnswers[],
    colour: Colour,
  ): void;
  /** The probability of the answer over the points of the drawing, and which digit it is. */
  way(context: CanvasRenderingContext2D, width: number, height: number, way: DigitWay): void;
  inWords(image: Uint8Array): string;
}

interface FirstNeuronPen {
  /** Units of the sheet, each way. */
  readonly SHEET: number;
  /** Points of a drawing, at most. */
  readonly MOST: number;
  /** A point that an address can hold: on the sheet, in quarters of a unit. */
  point(x: number, y: number, radius: number): PenPoint;
  /** A stroke that goes on to a point, in steps that an address can hold. */
  extended(stroke: PenPoint[], point: PenPoint): PenPoint[];
  encode(strokes: PenPoint[][]): string;
  /** The strokes of a text, or null if it stands for none. */
  decode(text: string): PenPoint[][] | null;
  /** How many points strokes have. */
  count(strokes: PenPoint[][]): number;
  /** The first points of strokes, as many as are asked for. */
  begun(strokes: PenPoint[][], points: number): PenPoint[][];
}

interface FirstNeuronScripts {
  pen: FirstNeuronPen;
  digitPictures: FirstNeuronDigitPictures;
  digitImage: FirstNeuronDigitImage;
  digitNetworks: Record<string, PackedNetwork>;
  /** Return a function from 784 pixels, 0 to 255, to what each layer puts out. */
  digitNetwork(network: PackedNetwork): (pixels: ArrayLike<number>) => LayerAnswers[];
  mnistDigits: {
    indices: number[];
    labels: number[];
    read: Record<string, number[]>;
    images: string[];
  };
  /** Bytes from lines of base 64. */
  bytes(lines: string[]): Uint8Array<ArrayBuffer>;
  /** The place of the largest value; the first of equals. */
  largest(values: ArrayLike<number>): number;
}

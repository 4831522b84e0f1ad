// What the scripts of `<network-playground>` give to each other.

/** x1, x2 and a class or a value. */
type PlaygroundPoint = [x1: number, x2: number, label: number];
/** Layer, neuron that sends (one beyond the last: the bias), neuron that receives. */
type PlaygroundWeight = [layer: number, from: number, to: number];
/** Before which update a change by hand came, to which parameter (-1: the rate), its new value. */
type PlaygroundChange = [update: number, what: number, value: number];
type Rgb = [number, number, number];
type Place = { x: number; y: number };
type Box = { x: number; y: number; side: number };

interface PlaygroundSettings {
  data: string;
  /** Per cent. */
  noise: number;
  /** Of the points that are for training, per cent. */
  share: number;
  /** Of the points, and of the order of the batches. */
  seed: number;
  /** The reader's own. */
  points: PlaygroundPoint[];
  features: string[];
  /** Neurons of each hidden layer. */
  layers: number[];
  /** Seed of the first weights; 0: all begin at 0. */
  start: number;
  activation: string;
  /** Of classes; values are learned by their mean squared error. */
  loss: string;
  optimizer: string;
  rate: number;
  batch: number;
  penalty: string;
  strength: number;
  changes: PlaygroundChange[];
}

interface PlaygroundSource {
  name: string;
  /** 0: a value is to be learned. */
  classes: number;
  point(
    i: number,
    dice: { random: () => number; normal: () => number; noise: number },
  ): PlaygroundPoint;
}

interface PlaygroundExplanation {
  place: number;
  value: number;
  slope: number;
  parts: { activation: number; delta: number; product: number }[];
  next: number;
  /** The slope, found by nudging the parameter. */
  nudged: number;
}

interface PlaygroundEntry {
  epoch: number;
  train: number;
  test: number;
}

declare class PlaygroundNetwork {
  constructor(sizes: number[], activation: string, loss: string);
  sizes: number[];
  loss: string;
  parameters: Float64Array;
  gradient: Float64Array;
  outputs: Float64Array[];
  place(layer: number, from: number, to: number): number;
  start(seed: number, wide: boolean): void;
  forward(X: Float64Array, n: number): Float64Array;
  backpropagate(X: Float64Array, targets: Float64Array, n: number): number;
}

declare class PlaygroundExperiment {
  constructor(settings: PlaygroundSettings);
  settings: PlaygroundSettings;
  train: PlaygroundPoint[];
  test: PlaygroundPoint[];
  classes: number;
  loss: string;
  network: PlaygroundNetwork;
  first: Float64Array;
  batch: number;
  rate: number;
  updates: number;
  history: PlaygroundEntry[];
  readonly perEpoch: number;
  readonly epoch: number;
  readonly finite: boolean;
  update(): void;
  change(what: number, value: number): void;
  evaluate(training: boolean): { loss: number; accuracy: number };
  explain(layer: number, from: number, to: number): PlaygroundExplanation;
}

interface PlaygroundPalette {
  paper: Rgb;
  classes: Rgb[];
  ink: string;
  soft: string;
  names: string[];
  /** The size of the letters around, in pixels. */
  em: number;
  font: string;
}

declare class PlaygroundField {
  constructor(features: string[]);
  layers: Float64Array[];
  compute(network: PlaygroundNetwork): void;
  neuron(context: CanvasRenderingContext2D, which: PlaygroundNeuron, colours: PlaygroundPalette, box: Box, side?: number): void;
  probability(context: CanvasRenderingContext2D, which: PlaygroundNeuron, colours: PlaygroundPalette, box: Box, side?: number): void;
  answer(context: CanvasRenderingContext2D, which: Omit<PlaygroundNeuron, "neuron">, colours: PlaygroundPalette, box: Box): void;
}

interface PlaygroundNeuron {
  layer: number;
  neuron: number;
  /** Neurons in its layer. */
  width: number;
  /** Only the side on which it lies. */
  sharp: boolean;
}

declare class PlaygroundPlane {
  constructor(width: number, height: number, em: number);
  x: number;
  y: number;
  side: number;
  place(point: ArrayLike<number>): Place;
  point(place: Place): [number, number];
  axes(context: CanvasRenderingContext2D, colours: PlaygroundPalette): void;
  boundary(context: CanvasRenderingContext2D, field: PlaygroundField, layer: number, width: number, colour: string): void;
  points(context: CanvasRenderingContext2D, points: PlaygroundPoint[], classes: number, colours: PlaygroundPalette, hollow: boolean): void;
}

declare class PlaygroundLayout {
  constructor(sizes: number[], width: number, height: number, em: number);
  columns: Place[][];
  side: number;
  curve(layer: number, from: number, to: number): number[];
  bias(layer: number, to: number): Place;
  find(at: Place): { neuron?: [number, number]; weight?: PlaygroundWeight } | null;
}

interface PlaygroundState extends PlaygroundSettings {
  /** Updates. */
  steps: number;
  speed: "slow" | "normal" | "fast";
  /** Whether the test points are shown. */
  test: boolean;
  /** Whether the answers are shown without shades. */
  sharp: boolean;
  /** What a click in the plane does: a class, "look" or "remove". */
  pen: string;
  view: number[];
  weight: number[];
  hide: string[];
}

interface FirstNeuronScripts {
  playgroundState: {
    STATE: Record<keyof PlaygroundState, Field<any>>;
    TRAINING: string[];
    /** What can be hidden, and what it is called. */
    PARTS: Record<string, string>;
    MOST_LAYERS: number;
    MOST_NEURONS: number;
  };
  playgroundData: {
    /** Both axes go from -EDGE to EDGE. */
    EDGE: number;
    SOURCES: Record<string, PlaygroundSource>;
    FEATURES: Record<
      string,
      { label: string; python: string; of(x1: number, x2: number): number }
    >;
    randomNumbers(seed: number): () => number;
    normalNumbers(random: () => number): () => number;
    shuffle(order: Int32Array, random: () => number): void;
    makeData(
      settings: Pick<PlaygroundSettings, "data" | "noise" | "share" | "seed" | "points">,
    ): { train: PlaygroundPoint[]; test: PlaygroundPoint[]; classes: number };
    featuresOf(points: ArrayLike<number>[], names: string[]): Float64Array;
  };
  playgroundNetwork: {
    Network: typeof PlaygroundNetwork;
    Experiment: typeof PlaygroundExperiment;
    largest(values: Float64Array, row: number, width: number): number;
  };
  playgroundCode: { toPython(experiment: PlaygroundExperiment): string };
  playgroundPicture: {
    Field: typeof PlaygroundField;
    Plane: typeof PlaygroundPlane;
    Layout: typeof PlaygroundLayout;
    palette(
      context: CanvasRenderingContext2D,
      colour: (name: string) => string,
      em: number,
    ): PlaygroundPalette;
    mark(
      context: CanvasRenderingContext2D,
      place: Place,
      shape: number,
      colour: string,
      options: { paper: string; hollow?: boolean; size?: number },
    ): void;
    drawNetwork(
      context: CanvasRenderingContext2D,
      layout: PlaygroundLayout,
      what: {
        network: PlaygroundNetwork;
        field: PlaygroundField;
        classes: number;
        features: string[];
        sharp: boolean;
        viewed: number[] | null;
        chosen: number[] | null;
      },
      colours: PlaygroundPalette,
    ): void;
    drawCurves(
      context: CanvasRenderingContext2D,
      width: number,
      height: number,
      history: PlaygroundEntry[],
      colours: PlaygroundPalette,
    ): void;
  };
}

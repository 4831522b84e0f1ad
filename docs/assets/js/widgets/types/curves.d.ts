// What activations.js and chart.js give to the other scripts.

/** An activation function with its slope. */
interface Activation {
  title: string;
  value(z: number): number;
  /** NaN where there is none. */
  slope(z: number): number;
  /** Where the value jumps, if it does. */
  jump?: number;
  /** Where the slope jumps, if it does. */
  bend?: number;
}

interface ChartOptions {
  /** In px, as the height. */
  width: number;
  height: number;
  /** The size of the letters, in px. */
  em: number;
  /** The range that is shown. */
  x: [number, number];
  y: [number, number];
  xTicks: number[];
  yTicks: number[];
  xLabel: string;
  title: string;
}

/** A plot with axes; places in it are px from the corner of its picture. */
interface Chart {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  toX(x: number): number;
  toY(y: number): number;
  fromX(px: number): number;
  fromY(px: number): number;
  /** Axes, grid, ticks and names. */
  frame(): SVGGElement;
  /** A box that cuts off what leaves the plot. */
  window(): SVGSVGElement;
  /** The way of a curve, all or from one x to another; open where it has no value and at jumps. */
  path(curve: (x: number) => number, jumps?: number[], range?: [number, number]): string;
  /** The place from one x to another, as high as the plot; null where there is none. */
  band(from: number, to: number): { x: number; y: number; width: number; height: number } | null;
}

interface FirstNeuronScripts {
  activations: {
    /** By the name that stands in an address, in the order of the page. */
    ACTIVATIONS: Record<string, Activation>;
    /** Where the slope stays below this, a function is called flat. */
    SATURATED: number;
    logit(output: number): number;
    /** It is flat up to the first place and from the second; infinite where it never is. */
    saturation(activation: Activation): [number, number];
    sigmoid(z: number): number;
  };
  chart: {
    Chart: new (options: ChartOptions) => Chart;
    svg<K extends keyof SVGElementTagNameMap>(
      tag: K,
      attributes?: Record<string, string | number>,
      ...children: (Node | string)[]
    ): SVGElementTagNameMap[K];
    /** Set some attributes. */
    put(element: Element, attributes: Record<string, string | number>): void;
    /** With a real minus sign, and so many digits behind the point at most. */
    number(value: number, digits?: number): string;
    /**
     * Let something be dragged: `at` says where it is, `move` gets where it should go. Without `at`
     * it goes where it is pressed.
     */
    draggable(
      element: SVGGraphicsElement,
      picture: SVGSVGElement,
      at: (() => [number, number]) | null,
      move: (x: number, y: number) => void,
    ): void;
  };
}

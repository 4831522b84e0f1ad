// What widget.js gives to the other scripts; `tsc` holds both sides to it.

/** One value of a widget's state: where it starts, and how it stands in an address. */
interface Field<T> {
  readonly start: T;
  /** The value that a text stands for, or undefined if it stands for none. */
  read(text: string): T | undefined;
  write(value: T): string;
  readonly min?: number;
  readonly max?: number;
  readonly names?: readonly string[];
}

interface FirstNeuronFields {
  /** A number; what lies beyond `min` or `max` becomes that limit. */
  number(start: number, min: number, max: number): Field<number>;
  /** The same for whole numbers. */
  whole(start: number, min: number, max: number): Field<number>;
  /** One of some words. */
  choice<T extends string>(start: T, names: readonly T[]): Field<T>;
  /** Yes or no, "1" or "0" in an address. */
  flag(start: boolean): Field<boolean>;
  /** Up to `most` rows of numbers, "-2,4.4;3.7,0.5" in an address; `columns` are limits [min, max]. */
  rows(start: number[][], columns: [number, number][], most: number): Field<number[][]>;
}

/** What follows `#` in an address: which widget, and its experiment. */
interface ExperimentAddress {
  id: string;
  query: string;
}

interface SliderOptions {
  label: string;
  /** Equal ways on the slider are equal factors. */
  log?: boolean;
  /** The smallest step; on a logarithmic slider, how many steps there are (200). */
  step?: number;
  format?: (value: number) => string;
  /** Places to mark below the slider. */
  marks?: () => { value: number; text: string }[];
}

/** A canvas that is as large as its place, and sharp. */
interface Picture {
  /** What stands in the page: the canvas, and room to lay elements over it. */
  readonly element: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  /** Say in words what it shows now, for those who do not see it. */
  describe(text: string): void;
  /** Where a pointer is, in the units that `draw` draws in. */
  at(event: MouseEvent): { x: number; y: number };
}

interface PictureOptions {
  /** What it is, in a few words. */
  label: string;
  /** Draw it; units are CSS pixels, and the picture is empty. */
  draw: (context: CanvasRenderingContext2D, width: number, height: number) => void;
  className?: string;
}

interface RunOptions {
  /** How often to call the work; without it, as often as there is time. */
  perSecond?: number;
}

declare abstract class FirstNeuronWidget<S extends object> extends HTMLElement {
  static label: string;
  static fields: Record<string, Field<any>>;

  /** The experiment now. Read it; write it with `set`. */
  state: S;
  /** The experiment that the page or the slide begins with. */
  start: S;

  // What a widget does
  /** Make what stands in the widget, once. */
  build(body: HTMLElement): void;
  /** The state has changed: these values, or all. Calculate what hangs on them. */
  changed(names: string[]): void;
  /** Bring text and elements up to date, before the pictures are drawn. At most once a frame. */
  draw(): void;

  // What it can use
  set(changes: Partial<S>): void;
  restore(query: string): void;
  reset(): void;
  redraw(): void;
  refresh(): void;

  slider(field: keyof S & string, options: SliderOptions): HTMLElement;
  number(field: keyof S & string, options: { label: string; step?: number }): HTMLElement;
  select(
    field: keyof S & string,
    options: { label: string; names?: Record<string, string> },
  ): HTMLElement;
  checkbox(field: keyof S & string, options: { label: string }): HTMLElement;
  button(
    label: string | (() => string),
    action: () => void,
    options?: { primary?: boolean; disabled?: () => boolean; pressed?: () => boolean },
  ): HTMLButtonElement;
  resetButton(): HTMLButtonElement;
  row(...elements: HTMLElement[]): HTMLElement;
  picture(options: PictureOptions): Picture;

  announce(text: string): void;
  /** A colour of colours.css by its name without dashes, such as "plot-1". */
  colour(name: string): string;
  /** Whether the reader has asked for less motion. */
  readonly still: boolean;
  /** Whether it can be seen now. */
  readonly shown: boolean;

  readonly running: boolean;
  /** Do small pieces of work, in slices that leave the page responsive, until one returns false. */
  run(work: () => boolean | void, options?: RunOptions): void;
  stop(): void;

  connectedCallback(): void;
  disconnectedCallback(): void;
}

type HtmlAttributes = Record<string, string | number | boolean | null | undefined>;

interface FirstNeuronScripts {
  Widget: typeof FirstNeuronWidget;
  fields: FirstNeuronFields;
  /** A new element: its tag, its attributes (false and null leave one out), what stands in it. */
  element<K extends keyof HTMLElementTagNameMap>(
    tag: K,
    attributes?: HtmlAttributes,
    ...children: (Node | string)[]
  ): HTMLElementTagNameMap[K];
  /** A number as Python's format ".3g" writes it. */
  general(value: number, digits?: number): string;
  readAddress(hash: string): ExperimentAddress | null;
}

declare var FirstNeuron: FirstNeuronScripts;

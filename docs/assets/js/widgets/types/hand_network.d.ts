// What hand_network.js and hand_steps.js give to the other scripts.

/** Numbers by name: hand_network.js says how they are named. */
type HandNumbers = Record<string, number>;
/** The activation function of the hidden neurons. */
type HandHidden = "relu" | "sigmoid";
/** Squared errors, or softmax and cross-entropy. */
type HandCost = "squares" | "entropy";

/** One number that is worked out. */
interface HandStep {
  /** Which one. */
  name: string;
  /** The part of the way it belongs to, a key of PARTS. */
  part: string;
  /** How to work it out, in HTML. */
  rule: string;
  /** The same with the numbers put in, in HTML. */
  work: string;
  value: number;
  /** The names of the numbers that go into it. */
  uses: string[];
  /** For a derivative: the factors along each path from the cost; their names are HTML. */
  paths: { name: string; value: number }[][];
  /** What it means, in a sentence or two. */
  says: string;
}

interface FirstNeuronScripts {
  handNetwork: {
    /** The numbers of the page. */
    START: Readonly<HandNumbers>;
    /** The names of the twelve that are learned. */
    LEARNED: string[];
    /** Forwards, back, one step, and forwards once more. */
    workOut(numbers: HandNumbers, hidden?: HandHidden, cost?: HandCost): HandNumbers;
    /** The twelve numbers after the step, by their own names. */
    learned(values: HandNumbers): HandNumbers;
  };
  handSteps: {
    /** What the parts of the way are called. */
    PARTS: Record<string, string>;
    steps(values: HandNumbers, hidden?: HandHidden, cost?: HandCost): HandStep[];
    /** With five digits at most, or so many. */
    shown(value: number, digits?: number): string;
    /** Whether five digits are all of it. */
    isShort(value: number): boolean;
    /** A name as the page sets it, in HTML. */
    set(name: string): string;
    /** The same as plain text. */
    plain(name: string): string;
  };
}

// What descent.js gives to one_neuron.js.

interface DescentPoint {
  weight: number;
  bias: number;
  cost: number;
}

interface FirstNeuronDescent {
  /** The ten points of the workshop. */
  readonly POINTS: number[][];
  cost(points: number[][], weight: number, bias: number): number;
  /** The slopes of the cost: by the weight, and by the bias. */
  gradients(points: number[][], weight: number, bias: number): [number, number];
  /** One step downhill. */
  step(points: number[][], at: DescentPoint, rate: number): DescentPoint;
  descend(
    points: number[][],
    weight: number,
    bias: number,
    rate: number,
    steps: number,
  ): DescentPoint[];
  /** The weight and bias of the regression line. */
  lowest(points: number[][]): { weight: number; bias: number };
  /** The flattest and the steepest curvature of the cost. */
  curvatures(points: number[][]): [number, number];
  /** The angle between the weight's axis and the direction in which the cost is steepest. */
  steepestDirection(points: number[][]): number;
  /** The rate above which a path explodes: 2 divided by the steepest curvature. */
  largestStableRate(points: number[][]): number;
}

interface FirstNeuronScripts {
  descent: FirstNeuronDescent;
}

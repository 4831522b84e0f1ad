// From strokes of a pen to the image that a network sees.
//
// `ink` does what workshop/strokes.py does, `mnistImage` what workshop/images.py does, step by step;
// tests/test_widget_digits.py compares them pixel for pixel.
(() => {
  "use strict";

  /** @type {FirstNeuronDigitImage["ink"]} */
  const ink = (strokes, size, scale = 1) => {
    const values = new Float64Array(size * size);
    for (const points of strokes) {
      const scaled = points.map((point) => /** @type {PenPoint} */ (point.map((n) => n * scale)));
      if (scaled.length === 1) line(values, size, scaled[0], scaled[0]);
      for (let i = 1; i < scaled.length; i += 1) line(values, size, scaled[i - 1], scaled[i]);
    }
    return values;
  };

  /**
   * Draw one straight piece of a stroke; its width goes evenly from that of one end to the other's.
   * @param {Float64Array} values changed in place
   * @param {number} size
   * @param {PenPoint} begin
   * @param {PenPoint} end
   */
  const line = (values, size, [beginX, beginY, beginRadius], [endX, endY, endRadius]) => {
    const alongX = endX - beginX;
    const alongY = endY - beginY;
    const length = Math.max(alongX * alongX + alongY * alongY, 1e-12);
    const reach = Math.max(beginRadius, endRadius) + 1;
    const clamp = (/** @type {number} */ n) => Math.min(Math.max(Math.floor(n), 0), size);
    const right = clamp(Math.max(beginX, endX) + reach + 1);
    const bottom = clamp(Math.max(beginY, endY) + reach + 1);
    for (let row = clamp(Math.min(beginY, endY) - reach); row < bottom; row += 1) {
      for (let column = clamp(Math.min(beginX, endX) - reach); column < right; column += 1) {
        const x = column + 0.5 - beginX;
        const y = row + 0.5 - beginY;
        const share = Math.min(Math.max((x * alongX + y * alongY) / length, 0), 1);
        const awayX = x - share * alongX;
        const awayY = y - share * alongY;
        const radius = beginRadius + share * (endRadius - beginRadius);
        const value = radius + 0.5 - Math.sqrt(awayX * awayX + awayY * awayY);
        const place = row * size + column;
        if (value > values[place]) values[place] = Math.min(value, 1);
      }
    }
  };

  /** @type {FirstNeuronDigitImage["mnistImage"]} */
  const mnistImage = (values, height, width, side = 28, box = 20) => {
    let [top, bottom, left, right] = [height, -1, width, -1];
    for (let row = 0; row < height; row += 1) {
      for (let column = 0; column < width; column += 1) {
        if (!(values[row * width + column] > 0)) continue;
        top = Math.min(top, row);
        bottom = Math.max(bottom, row);
        left = Math.min(left, column);
        right = Math.max(right, column);
      }
    }
    if (bottom < 0) return null;
    const [cutHeight, cutWidth] = [bottom - top + 1, right - left + 1];
    const cut = new Float64Array(cutHeight * cutWidth);
    for (let row = 0; row < cutHeight; row += 1) {
      for (let column = 0; column < cutWidth; column += 1) {
        cut[row * cutWidth + column] = values[(top + row) * width + left + column];
      }
    }
    const scale = box / Math.max(cutHeight, cutWidth);
    const newHeight = Math.max(1, round(cutHeight * scale));
    const newWidth = Math.max(1, round(cutWidth * scale));
    const digit = resample(cut, cutHeight, cutWidth, newHeight, newWidth);
    const strongest = digit.reduce((most, value) => Math.max(most, value), 0);

    let [mass, rowMass, columnMass] = [0, 0, 0];
    digit.forEach((value, place) => {
      digit[place] = value / strongest;
      mass += digit[place];
      rowMass += digit[place] * Math.floor(place / newWidth);
      columnMass += digit[place] * (place % newWidth);
    });
    const place = (/** @type {number} */ moment, /** @type {number} */ length) =>
      Math.min(Math.max(round((side - 1) / 2 - moment / mass), 0), side - length);
    const newTop = place(rowMass, newHeight);
    const newLeft = place(columnMass, newWidth);
    const image = new Uint8Array(side * side);
    for (let row = 0; row < newHeight; row += 1) {
      for (let column = 0; column < newWidth; column += 1) {
        const value = digit[row * newWidth + column];
        image[(newTop + row) * side + newLeft + column] = round(255 * value);
      }
    }
    return image;
  };

  /** @type {FirstNeuronDigitImage["resample"]} */
  const resample = (values, height, width, newHeight, newWidth) => {
    const rows = shares(height, newHeight);
    const columns = shares(width, newWidth);
    const narrow = new Float64Array(newHeight * width);
    rows.forEach((parts, row) => {
      for (const [old, share] of parts) {
        for (let column = 0; column < width; column += 1) {
          narrow[row * width + column] += share * values[old * width + column];
        }
      }
    });
    const result = new Float64Array(newHeight * newWidth);
    columns.forEach((parts, column) => {
      for (let row = 0; row < newHeight; row += 1) {
        let sum = 0;
        for (const [old, share] of parts) sum += share * narrow[row * width + old];
        result[row * newWidth + column] = sum;
      }
    });
    return result;
  };

  /**
   * Say what share each old pixel has in each new one, along one side.
   * @param {number} old
   * @param {number} count of new pixels
   * @returns {[pixel: number, share: number][][]} for each new pixel
   */
  const shares = (old, count) => {
    const length = old / count;
    return Array.from({ length: count }, (_, i) => {
      /** @type {[number, number][]} */
      const parts = [];
      const [from, to] = [i * length, (i + 1) * length];
      for (let pixel = Math.floor(from); pixel < Math.min(old, Math.ceil(to)); pixel += 1) {
        const overlap = Math.min(to, pixel + 1) - Math.max(from, pixel);
        if (overlap > 0) parts.push([pixel, overlap / length]);
      }
      return parts;
    });
  };

  const TINY = 1e-9; // so that a half goes up although its last digits were rounded off

  /** @param {number} number @returns {number} the nearest whole number; a half goes up */
  const round = (number) => Math.floor(number + 0.5 + TINY);

  globalThis.FirstNeuron ??= /** @type {any} */ ({});
  globalThis.FirstNeuron.digitImage = { ink, mnistImage, resample };
})();

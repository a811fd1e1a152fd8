// The parts of d3 that charts and graphs use. Its files add themselves to a global, each after those it needs.

import "d3-path";
import "d3-color";
import "d3-interpolate";
import "internmap";
import "d3-array";
import "d3-format";
import "d3-time";
import "d3-time-format";
import "d3-scale";
import "d3-shape";

export const { scaleBand, scaleLinear, scalePoint, scaleUtc, stack, area, line, linkVertical, curveMonotoneX, utcFormat } = globalThis.d3;

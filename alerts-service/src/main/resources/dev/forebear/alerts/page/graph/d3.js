// The parts of d3 that the graph uses. Its files add themselves to a global, each after those it needs.

import "d3-dispatch";
import "d3-timer";
import "d3-color";
import "d3-interpolate";
import "d3-ease";
import "d3-selection";
import "d3-transition";
import "d3-drag";
import "d3-zoom";
import "d3-hierarchy";

export const { hierarchy, tree, select, zoom, zoomIdentity, zoomTransform } = globalThis.d3;

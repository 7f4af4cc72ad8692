import { BarChart, LineChart, ScatterChart } from "echarts/charts";
import { GridComponent, LegendPlainComponent, TitleComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

/* The parts of ECharts that are drawn with, and no more. On canvas: its SVG renderer writes style attributes, which the page's policy forbids. */
use([
  BarChart,
  LineChart,
  ScatterChart,
  GridComponent,
  LegendPlainComponent,
  TitleComponent,
  TooltipComponent,
  CanvasRenderer,
]);

export { init };

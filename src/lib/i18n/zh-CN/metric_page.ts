export const metricPage = {
  title: '指标',
};

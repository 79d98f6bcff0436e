export const runsPage = {
  title: '运行',
};

export const explorePage = {
  title: '探索',
};

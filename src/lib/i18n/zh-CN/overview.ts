export const overview = {
  title: '总览',
};

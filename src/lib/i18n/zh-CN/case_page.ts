export const casePage = {
  title: '售后单',
};

export const casesPage = {
  title: '售后单',
};

export const refundsPage = {
  title: '退款',
};

export const overviewEn = {
  overview: {
    title: 'Overview',
  },
};

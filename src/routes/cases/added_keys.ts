const added = ['agent', 'sku'] as const;

/** Where a form that adds keys by name leads: add_agent=x becomes one more agent, what was left empty goes; null without any. */
export function withAddedKeys(url: URL): string | null {
  if (added.every((dimension) => !url.searchParams.has(`add_${dimension}`))) return null;
  const params = new URLSearchParams(url.searchParams);
  for (const dimension of added) {
    const key = (params.get(`add_${dimension}`) ?? '').trim();
    params.delete(`add_${dimension}`);
    if (key !== '' && !params.getAll(dimension).includes(key)) params.append(dimension, key);
  }
  if ((params.get('metric') ?? '') === '') forgetMetric(params);
  const query = params.toString();
  return query === '' ? url.pathname : `${url.pathname}?${query}`;
}

/** Without a KPI nothing has a kind or a value to be ordered by. */
function forgetMetric(params: URLSearchParams): void {
  params.delete('metric');
  params.delete('kind');
  if (params.get('sort') !== 'value') return;
  params.delete('sort');
  params.delete('dir');
}

import { describe, expect, test } from 'vitest';
import { withAddedKeys } from '../../src/routes/cases/added_keys.ts';
import { forgetView, keepView, readViews } from '../../src/routes/cases/saved_views.ts';

function storageOf(text: string | null) {
  let kept = text;
  return {
    getItem: () => kept,
    setItem: (_: string, value: string) => {
      kept = value;
    },
  };
}

describe('saved views', () => {
  test('are kept by name, a later one in place of an earlier of its name, until forgotten', () => {
    const storage = storageOf(null);
    keepView(storage, { name: 'b', href: '/cases?kind=failing' });
    keepView(storage, { name: 'a', href: '/cases' });
    keepView(storage, { name: 'b', href: '/cases?q=x' });
    expect(readViews(storage)).toEqual([
      { name: 'a', href: '/cases' },
      { name: 'b', href: '/cases?q=x' },
    ]);
    expect(forgetView(storage, 'a')).toEqual([{ name: 'b', href: '/cases?q=x' }]);
    expect(readViews(storage)).toEqual([{ name: 'b', href: '/cases?q=x' }]);
  });

  test.each([null, '', '{', '{}', '7', 'null', '[1, null, {"name": 1, "href": "/cases"}]'])(
    'are none where the storage holds %s',
    (text) => {
      expect(readViews(storageOf(text))).toEqual([]);
    },
  );

  test.each(['javascript:alert(1)', '//elsewhere/cases', 'https://elsewhere/cases', '/casesx', '/cases/../runs'])(
    'never lead to %s',
    (href) => {
      expect(readViews(storageOf(JSON.stringify([{ name: 'x', href }])))).toEqual([]);
    },
  );

  test('are none where the browser keeps nothing', () => {
    expect(readViews(null)).toEqual([]);
    const refusing = {
      getItem: () => {
        throw new Error('denied');
      },
      setItem: () => undefined,
    };
    expect(readViews(refusing)).toEqual([]);
  });
});

describe('a form that adds keys', () => {
  const led = (query: string) => withAddedKeys(new URL(`http://localhost/cases?${query}`));

  test('leads to the list with one key more, and leaves out what was left empty', () => {
    expect(led('metric=csat&agent=a&add_agent=b&add_sku=')).toBe('/cases?metric=csat&agent=a&agent=b');
    expect(led('metric=csat&agent=a&add_agent=%20a%20&add_sku=x')).toBe('/cases?metric=csat&agent=a&sku=x');
  });

  test('without a KPI asks for no kind and no order by value', () => {
    expect(led('metric=&kind=failing&sort=value&dir=asc&add_sku=')).toBe('/cases');
    expect(led('metric=&sort=csat&dir=asc&add_sku=')).toBe('/cases?sort=csat&dir=asc');
  });

  test('is only read where it was sent', () => {
    expect(led('metric=csat&agent=a')).toBeNull();
  });
});

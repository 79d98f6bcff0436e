/** What a form about an account was filled in with, to be shown again beside what is wrong with it. */
export interface Given {
  name: string;
  email: string;
  role: string;
  brands: readonly string[];
  vendors: readonly string[];
  allBrands: boolean;
  allVendors: boolean;
  agents: string;
}

export const nothingGiven: Given = {
  name: '',
  email: '',
  role: '',
  brands: [],
  vendors: [],
  allBrands: false,
  allVendors: false,
  agents: '',
};

/** Reads a form as it is, checked by nobody. */
export function givenOf(form: FormData): Given {
  const one = (name: string) => texts(form, name)[0] ?? '';
  return {
    name: one('name').trim(),
    email: one('email').trim(),
    role: one('role'),
    brands: texts(form, 'brands'),
    vendors: texts(form, 'vendors'),
    allBrands: form.has('allBrands'),
    allVendors: form.has('allVendors'),
    agents: one('agents'),
  };
}

function texts(form: FormData, name: string): string[] {
  return form.getAll(name).filter((value) => typeof value === 'string');
}

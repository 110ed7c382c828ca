/**
 * The colour schemes in which a screen is tried: dark on a phone and light on a desk, so that each width and each scheme
 * is met; `LOOKS=all` tries all four.
 */
export const schemesOn = ({ width }: { readonly width: number }): ReadonlyArray<'light' | 'dark'> => {
  if (process.env['LOOKS'] === 'all') return ['light', 'dark'];
  return width < 600 ? ['dark'] : ['light'];
};

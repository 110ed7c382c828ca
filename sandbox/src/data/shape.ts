/** ACC-5: `tell`, flat lists; `obie`, Open Banking's, wrapped in `Data`. */
export const SHAPES = ['tell', 'obie'] as const;
export type Shape = (typeof SHAPES)[number];

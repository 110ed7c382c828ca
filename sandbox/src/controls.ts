/** Who may use the portal, the control room and the record: whoever comes by the loopback interface, all, or nobody. */
export const CONTROLS = ['loopback', 'anyone', 'off'] as const;
export type Controls = (typeof CONTROLS)[number];

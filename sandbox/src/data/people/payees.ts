/** Whom several people pay. */

export const LANDLORD = { name: 'Hazel Court Lettings', identification: '00000056789012' };

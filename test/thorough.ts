/** Whether to repeat what is left to chance as often as for a release: AFTERSIGHT_THOROUGH=1. Else a part of it, to keep the gate short. */
export const isThorough = process.env['AFTERSIGHT_THOROUGH'] === '1';

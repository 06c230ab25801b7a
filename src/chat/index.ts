/** The contract between the core and the platforms. Imports nothing but zod. */
export * from './adapter.ts';
export * from './address.ts';
export * from './attachment.ts';
export * from './deferred.ts';
export * from './form.ts';
export * from './inbound.ts';
export * from './message.ts';
export * from './text.ts';

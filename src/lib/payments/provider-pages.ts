/** Where the pages of those who take payments lie: the only pages of others that a form may lead to. */
export const providerPages = ['https://checkout.stripe.com'] as const;

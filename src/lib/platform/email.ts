/** E-mail addresses as the standard allows them (RFC 5321), short of what no mailbox in use has. */

/** Whether letters can be sent there. Quoted names and addresses of machines are left out. */
export function isEmail(address: string): boolean {
  const at = address.lastIndexOf('@');
  const [name, domain] = [address.slice(0, at), address.slice(at + 1)];
  return at > 0 && name.length <= 64 && address.length <= 254 && isName(name) && isDomain(domain);
}

const isName = (name: string) => name.split('.').every((part) => /^[\w!#$%&'*+/=?^`{|}~-]+$/.test(part));

function isDomain(domain: string): boolean {
  const labels = domain.split('.');
  return (
    labels.length > 1 &&
    labels.every((label) => label.length <= 63 && /^[a-z\d](?:[a-z\d-]*[a-z\d])?$/i.test(label)) &&
    /^(?:[a-z]{2,}|xn--[a-z\d-]+)$/i.test(labels.at(-1) ?? '')
  );
}

/** In the image of a chassis: kernel, initrd and disk of the machine in it. */
export const DISK_AT = "/var/lib/hachaos/disk";

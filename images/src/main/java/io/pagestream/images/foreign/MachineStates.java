package io.pagestream.images.foreign;

import static io.pagestream.images.foreign.ForeignFormat.memory;
import static io.pagestream.images.foreign.Signature.anyOf;
import static io.pagestream.images.foreign.Signature.begins;

import java.util.List;

/** Saved states of virtual machines. */
final class MachineStates {
  private static final String VIRSH =
      "restore the machine and take 'virsh dump --memory-only', whose ELF or kdump file is supported";
  private static final String XEN =
      "restore the domain and take 'xl dump-core', or read its memory with LibVMI, and convert it"
          + " to raw";

  /** Sources: libvirt qemu_saveimage.h, QEMU migration.rst, Xen libxl and libxc, LeechCore. */
  static final List<ForeignFormat> TABLE =
      List.of(
          memory(
              "a libvirt save file (virsh save: a QEMU migration stream)",
              VIRSH,
              anyOf("LibvirtQemudSave", "LibvirtQemudPart")),
          memory(
              "a QEMU migration stream (savevm, migrate)",
              "load it with 'qemu-system -incoming' and take 'dump-guest-memory'",
              begins("QEVM")),
          memory("a Xen save file of xl", XEN, begins("Xen saved domain, xl format")),
          memory("a Xen save file of xm", XEN, begins("LinuxGuestRecord")),
          memory("a Xen save file of XenServer", XEN, begins("XenSavedDomain")),
          memory("a Xen save file of libvirt", XEN, begins("libvirt-xml\n \0 \r")),
          memory(
              "a Xen migration stream (libxc)",
              XEN,
              begins("\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ffXENF")),
          memory(
              "an old Xen core",
              XEN,
              anyOf(
                  "\u00ed\u00eb\u000f\u00f0",
                  "\u00ee\u00eb\u000f\u00f0",
                  "\u00f0\u000f\u00eb\u00ed",
                  "\u00f0\u000f\u00eb\u00ee")),
          memory(
              "a Hyper-V saved state (.vmrs, .vmcx)",
              "convert it with vm2dmp or LeechCore with VmSavedStateDumpProvider, then to raw",
              begins("\u0014 (\u0001")),
          memory(
              "a VirtualBox saved state (.sav)",
              "restore the machine and take 'VBoxManage debugvm NAME dumpvmcore', which is supported",
              begins("\u007fVirtualBox SavedState")),
          memory(
              "the machine state of a Firecracker snapshot",
              "give the memory file of the snapshot, which is raw memory",
              file ->
                  (file.u64(0) & ~0xffffL) == 0x0710_1984_8664_0000L
                      || (file.u64(0) & ~0xffffL) == 0x0710_1984_AAAA_0000L));

  private MachineStates() {}
}

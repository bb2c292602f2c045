package io.pagestream.images.foreign;

import static io.pagestream.images.foreign.ForeignFormat.memory;
import static io.pagestream.images.foreign.ForeignFormat.other;
import static io.pagestream.images.foreign.Signature.anyOf;
import static io.pagestream.images.foreign.Signature.at;
import static io.pagestream.images.foreign.Signature.begins;

import java.util.List;

/** Disks: images of them in the formats of hypervisors, partition tables and file systems. */
final class DiskImages {
  private static final String DISK =
      "a disk does not contain memory; if it holds a memory image, copy the image from it"
          + " (qemu-img convert, guestfish, mount)";

  /**
   * Sources: QEMU docs/interop, the VHD and VHDX documents, VirtualBox, and file(1) for the rest.
   */
  static final List<ForeignFormat> TABLE =
      List.of(
          memory(
              "a QEMU disk image (qcow2)",
              "memory saved in it by 'savevm' is read by 'qemu-system -loadvm'; take"
                  + " 'dump-guest-memory' then",
              begins("QFI\u00fb")),
          memory("a Hyper-V disk image (VHDX)", DISK, begins("vhdxfile")),
          memory(
              "a VHD disk image",
              DISK,
              begins("conectix").or(file -> file.endsWith(0, "conectix"))),
          memory("a VirtualBox disk image (VDI)", DISK, DiskImages::isVdi),
          memory(
              "a VMware disk image (VMDK)", DISK, anyOf("KDMV", "COWD", "# Disk DescriptorFile")),
          memory("a Parallels disk image", DISK, anyOf("WithoutFreeSpace", "WithouFreSpacExt")),
          memory("a QEMU disk image (QED)", DISK, begins("QED\0")),
          memory("a Bochs disk image", DISK, begins("Bochs Virtual HD Image")),
          memory("a macOS disk image (DMG)", DISK, file -> file.endsWith(0, "koly\0\0\0\u0004")),
          memory(
              "a sparse Android image",
              "a partition of a disk; 'simg2img' unpacks it",
              begins(":\u00ff&\u00ed\u0001\0").and(at(8, "\u001c\0\f\0"))),
          memory("a sparse macOS disk image", DISK, begins("sprs\0\0\0")),
          memory("a Windows image (WIM)", DISK, anyOf("MSWIM\0\0\0", "WLPWM\0\0\0")),
          memory("a disk with a GPT partition table", DISK, at(512, "EFI PART\0\0\u0001\0")),
          memory("an NTFS file system", DISK, at(3, "NTFS    ").and(DiskImages::isBootSector)),
          memory("an exFAT file system", DISK, at(3, "EXFAT   ").and(DiskImages::isBootSector)),
          memory(
              "a FAT file system",
              DISK,
              at(54, "FAT1").or(at(82, "FAT32")).and(DiskImages::isBootSector)),
          memory("a ReFS file system", DISK, at(3, "ReFS\0\0\0\0")),
          memory("an ext file system", DISK, DiskImages::isExt),
          memory("an XFS file system", DISK, begins("XFSB\0\0")),
          memory("a btrfs file system", DISK, at(0x10040, "_BHRfS_M")),
          memory(
              "an F2FS file system",
              DISK,
              at(1024, "\u0010 \u00f5\u00f2").and(at(1028, "\u0001\0"))),
          memory("a JFS file system", DISK, at(32768, "JFS1")),
          memory("an APFS file system", DISK, at(32, "NXSB").and(file -> file.u32(36) == 4096)),
          memory("an HFS+ file system", DISK, at(1024, "H+\0\u0004").or(at(1024, "HX\0\u0005"))),
          memory("an ISO 9660 file system", DISK, at(32769, "CD001\u0001")),
          memory("a UDF file system", DISK, at(32769, "BEA01\u0001")),
          memory("a SquashFS file system", DISK, DiskImages::isSquash),
          memory("a CramFS file system", DISK, at(16, "Compressed ROMFS")),
          memory("an LVM volume", DISK, at(512, "LABELONE").and(at(536, "LVM2 001"))),
          memory("a disk with an MBR partition table", DISK, DiskImages::isMbr),
          other("a UEFI firmware volume", at(40, "_FVH").and(file -> file.isZero(0, 16))));

  private DiskImages() {}

  /** Signature 0x7f10dabe at 0x40, or the text before it. */
  private static boolean isVdi(Peek file) {
    boolean text =
        file.has(0, "<<< ")
            && (file.has(11, "VM VirtualBox Disk Image")
                || file.has(8, "xVM VirtualBox Disk Image")
                || file.has(8, "VirtualBox Disk Image")
                || file.has(4, "innotek VirtualBox Disk Image")
                || file.has(4, "InnoTek VirtualBox Disk Image"));
    return text || (file.u32(0x40) == 0x7f10dabeL && file.u16(0x46) == 1);
  }

  private static boolean isBootSector(Peek file) {
    return (file.u8(0) == 0xeb || file.u8(0) == 0xe9) && file.u16(510) == 0xaa55;
  }

  /** A superblock at 1024: magic at 56, with counts, block size, state and revision that fit. */
  private static boolean isExt(Peek file) {
    return file.u16(1080) == 0xef53
        && file.u32(1024) > 0
        && file.u32(1028) > 0
        && file.u32(1024 + 24) <= 6
        && file.u16(1024 + 58) <= 7
        && file.u32(1024 + 76) <= 1;
  }

  /** Magic, then at 20 the compression (1 to 6), at 28 the version 4.0. */
  private static boolean isSquash(Peek file) {
    return file.has(0, "hsqs")
        && file.u16(20) >= 1
        && file.u16(20) <= 6
        && file.u16(28) == 4
        && file.u16(30) == 0;
  }

  /** Four entries of 16 bytes at 446, each empty or with a plausible state, type and extent. */
  private static boolean isMbr(Peek file) {
    int used = 0;
    boolean plausible = file.u16(510) == 0xaa55 && file.u8(0) != 0;
    for (int at = 446; at < 510 && plausible; at += 16) {
      boolean empty = file.isZero(at, at + 16);
      used += empty ? 0 : 1;
      plausible =
          empty
              || ((file.u8(at) & 0x7f) == 0
                  && file.u8(at + 4) != 0
                  && file.u32(at + 8) > 0
                  && file.u32(at + 12) > 0);
    }
    return plausible && used > 0;
  }
}

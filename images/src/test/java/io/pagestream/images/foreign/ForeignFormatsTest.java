package io.pagestream.images.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pagestream.images.source.HeldBytes;
import io.pagestream.images.source.ImageBytes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each format, with a header from its public description followed by random data. Memory is never
 * mistaken for one of them.
 */
final class ForeignFormatsTest {
  private static final int SIZE = 96 << 10;

  /** A header as hexadecimal digits, or text after an equals sign; at an offset after an @. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          =LibvirtQemudSave                        | a libvirt save file
          =LibvirtQemudPart                        | QEMU migration stream
          =QEVM                                    | QEMU migration stream
          =Xen saved domain, xl format             | Xen save file of xl
          =LinuxGuestRecord                        | Xen save file of xm
          =XenSavedDomain                          | Xen save file
          6c6962766972742d786d6c0a2000200d         | Xen save file of libvirt
          ffffffffffffffff58454e46                 | Xen migration stream
          edeb0ff0                                 | Xen core
          14202801                                 | Hyper-V saved state
          7f5669727475616c426f78205361766564537461746520 | VirtualBox saved state
          0300648684191007                         | Firecracker
          3aff26ed010000001c000c00                 | sparse Android image
          =MDMP                                    | Windows minidump of a single program
          41564d4c03000000                         | AVML image of another version
          4c694d4500000001                         | LiME image of a big-endian machine
          ed238f61730119a8                         | LKCD
          a8190173618f23ed                         | LKCD
          a8190173618f23fd                         | s390 stand-alone dump
          fd238f61730119a8                         | s390 stand-alone dump
          736164756d700000                         | sadump
          =minidump FreeBSD/amd64                  | FreeBSD minidump
          =minidump DragonFly/x86_64               | minidump of a BSD system
          =FreeBSD Kernel Dump                     | FreeBSD kernel dump
          defec8ed0000000a                         | Solaris
          edc8fede0a000000                         | Solaris
          4086@=SWAPSPACE2                         | swap space
          65526@=SWAPSPACE2                        | swap space
          4086@533153555350454e4400                | hibernation image or swap space
          4556460d0a                               |
          455646090d0aff00                         | EnCase E01
          455646320d0a81                           | EnCase Ex01
          4c5646090d0aff00                         | EnCase L01
          4c4546320d0a81                           | EnCase Lx01
          41464631300d0a00                         | AFF image
          =ADSEGMENTEDFILE                         | AD1
          =ADCRYPT                                 | encrypted FTK
          =Salted__                                | openssl enc
          =U2FsdGVkX1                              | openssl enc
          =age-encryption.org/v1                   | encrypted with age
          =-----BEGIN PGP MESSAGE-----             | PGP or GnuPG
          8c0d0409030a1122334455667788ffd2         | PGP or GnuPG
          4c554b53babe                             | LUKS
          3@=-FVE-FS-                              | BitLocker
          4145530200001b435245415445445f4259       | AES Crypt
          =encrcdsa                                |
          656e63726364736100000002                 | encrypted macOS disk image
          c0b9072e4f93f146a015792ca1d9e821         | AxCrypt
          3080 06092a864886f70d010703              | CMS
          30820400 06092a864886f70d010703          | CMS
          514649fb                                 | qcow2
          =vhdxfile                                | VHDX
          =conectix                                | VHD
          64@bedabe10                              |
          64@beda107f00000100                      | VDI
          =<<< Oracle VM VirtualBox Disk Image >>> | VDI
          =<<< Sun xVM VirtualBox Disk Image >>>   | VDI
          =<<< Sun VirtualBox Disk Image >>>       | VDI
          =KDMV                                    | VMDK
          =COWD                                    | VMDK
          =# Disk DescriptorFile                   | VMDK
          =WithoutFreeSpace                        | Parallels
          4d5357494d000000                         | WIM
          512@45464920504152540000 0100            | GPT
          32769@434430303101                       | ISO 9660
          65600@=_BHRfS_M                          | btrfs
          512@=LABELONE                            |
          =7z                                      |
          377abcaf271c                             | 7-Zip
          526172211a0700                           | RAR
          526172211a070100                         | RAR
          504b0304                                 | zip archive or AFF4
          504b0506                                 | zip archive
          257@7573746172003030                     | tar archive
          257@7573746172202000                     | tar archive
          =070701                                  | cpio
          =070702                                  | cpio
          =070707                                  | cpio
          4d53434600000000                         | cabinet
          =xar!                                    | xar
          =ISc(                                    | InstallShield
          7@=**ACE**                               | ACE
          213c617263683e0a                         | Debian package
          edabeedb                                 | RPM
          =BZh91AY&SY                              | bzip2
          =BZh                                     |
          04224d18                                 | lz4
          02214c18                                 | lz4
          ff0600005332735477 4f                    | S2
          ff060000734e61507059                     | snappy
          4c5a495001                               | lzip
          894c5a4f000d0a1a0a                       | lzop
          =LRZI                                    | lrzip
          =bvx2                                    | LZFSE
          1f9d904100                               | compress
          1f9d100000                               |
          5d00008000ffffffffffffffff00             | lzma
          5d00000004ffffffffffffffff00             | lzma
          5d00008000ffffffffffffffff01             |
          456c6646696c6500                         | Windows event log
          300000004c664c65                         | Windows event log
          =regf                                    | registry hive
          d4c3b2a1                                 | packet capture
          a1b2c3d4                                 | packet capture
          4d3cb2a1                                 | packet capture
          a1b23c4d                                 | packet capture
          0a0d0d0a                                 | packet capture
          53514c69746520666f726d6174203300         | SQLite database
          377f0682                                 | SQLite journal
          89504e470d0a1a0a                         | PNG
          ffd8ffe0                                 | JPEG
          ffd8ff01                                 |
          =GIF89a                                  | GIF
          =%PDF-1.7                                | PDF
          d0cf11e0a1b11ae1                         | Microsoft Office
          0061736d01000000                         | WebAssembly
          cafebabe00000034                         | Java class
          =MZ                                      |
          23212f62696e2f73680a                     | script
          23212f00                                 |
          """)
  void aHeaderIsCalledByItsName(String header, @Nullable String name) {
    byte[] content = noise(1);
    int at = header.matches("\\d+@.*") ? Integer.parseInt(header.replaceAll("@.*", "")) : 0;
    String magic = header.replaceFirst("^\\d+@", "");
    byte[] bytes =
        magic.startsWith("=")
            ? magic.substring(1).getBytes(StandardCharsets.ISO_8859_1)
            : HexFormat.of().parseHex(magic.replace(" ", ""));
    System.arraycopy(bytes, 0, content, at, bytes.length);
    requireNamed(content, name);
  }

  @Test
  void footersTellDiskImages() {
    requireNamed(with(noise(2), SIZE - 512, "conectix"), "VHD");
    requireNamed(with(noise(2), SIZE - 512, "koly\0\0\0\4\0\0\2\0"), "DMG");
  }

  @Test
  void aTarWithoutMagicIsToldByItsChecksum() {
    byte[] header = with(new byte[512], 0, "mem.raw");
    with(header, 100, "0000644\0000000000\0000000000\00000000040000\00014000000000\0");
    with(header, 148, "        ");
    int sum = 0;
    for (byte value : header) {
      sum += value & 0xff;
    }
    byte[] content = noise(3);
    System.arraycopy(with(header, 148, "%06o\0 ".formatted(sum)), 0, content, 0, 512);
    requireNamed(content, "a tar archive");
    content[200]++;
    requireNamed(content, null);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 6, 9})
  void aZlibStreamIsToldByItsContent(int level) throws Exception {
    byte[] memory = noise(4);
    memory[1] = 0;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Deflater deflater = new Deflater(level);
        DeflaterOutputStream stream = new DeflaterOutputStream(out, deflater)) {
      stream.write(memory);
      stream.write(new byte[SIZE]);
    }
    requireNamed(out.toByteArray(), "zlib stream");
    for (int second : new int[] {0x01, 0x5e, 0x9c, 0xda}) {
      byte[] chance = noise(second);
      chance[0] = 0x78;
      chance[1] = (byte) second;
      requireNamed(chance, null);
    }
  }

  @Test
  void anXpressBlockBehindAZeroPageTellsAHibernationFile() {
    byte[] content = with(noise(5), 7 * 4096 + 8, "\u0081\u0081xpress");
    requireNamed(content, null);
    Arrays.fill(content, 0, 4096, (byte) 0);
    requireNamed(content, "hibernation file whose first page was zeroed");
  }

  @Test
  void aPartitionTableTellsADisk() {
    ByteBuffer disk = ByteBuffer.wrap(noise(6)).order(ByteOrder.LITTLE_ENDIAN);
    disk.put(446, new byte[64]).putShort(510, (short) 0xaa55);
    requireNamed(disk.array(), null);
    disk.put(446, (byte) 0x80).put(450, (byte) 7).putInt(454, 2048).putInt(458, 1 << 20);
    requireNamed(disk.array(), "MBR");
    disk.put(446, (byte) 0x81);
    requireNamed(disk.array(), null);
  }

  @Test
  void aSuperblockTellsAFileSystem() {
    ByteBuffer disk = ByteBuffer.wrap(new byte[SIZE]).order(ByteOrder.LITTLE_ENDIAN);
    disk.putShort(1080, (short) 0xef53);
    requireNamed(disk.array(), null);
    disk.putInt(1024, 8192).putInt(1028, 32768).putInt(1048, 2).putShort(1082, (short) 1);
    disk.putInt(1100, 1);
    requireNamed(disk.array(), "an ext file system");
  }

  @Test
  void memoryIsNeverRefused() {
    requireNamed(new byte[SIZE], null);
    requireNamed(new byte[4096], null);
    requireNamed(new byte[1], null);
    // Data left by firmware at address 0: interrupt vectors of the BIOS.
    byte[] vectors = new byte[SIZE];
    for (int i = 0; i < 1024; i += 4) {
      System.arraycopy(HexFormat.of().parseHex("53ff00f0"), 0, vectors, i, 4);
    }
    requireNamed(vectors, null);
    byte[] ones = new byte[SIZE];
    Arrays.fill(ones, (byte) 0xff);
    requireNamed(ones, null);
    for (int fill = 0; fill < 256; fill++) {
      Arrays.fill(ones, (byte) fill);
      requireNamed(ones, null);
    }
    for (int seed = 100; seed < 1100; seed++) {
      requireNamed(noise(seed), null);
    }
  }

  private static byte[] noise(int seed) {
    byte[] bytes = new byte[SIZE];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static byte[] with(byte[] content, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(bytes, 0, content, at, bytes.length);
    return content;
  }

  /** Requires a refusal by a name, or none if the name is null. */
  private static void requireNamed(byte[] content, @Nullable String name) {
    ImageBytes bytes = new HeldBytes("some file", content);
    if (name == null) {
      assertThat(ForeignFormats.name(bytes)).isEmpty();
    } else {
      assertThatThrownBy(() -> ForeignFormats.refuse(bytes))
          .hasMessageContaining(name)
          .hasMessageMatching("(?s)PS-20[01] .*");
    }
  }
}

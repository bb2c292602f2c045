package io.pagestream.images.rangesource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every form of the sidecars with ranges, including unusual and refused ones. */
final class SideFileRangesTest {
  private final WrittenSideFile side;

  SideFileRangesTest(@TempDir Path folder) {
    side = new WrittenSideFile(folder);
  }

  @Test
  void iomemNestsAndItsAncestorsDecideWhatAnUnknownNameIs() throws IOException {
    String text =
        """
        00001000-0009ffff : System RAM
        000a0000-000fffff : reserved
          000c0000-000c7fff : Video ROM
          000d0000-000d0fff : driver
        00100000-0fffffff : System RAM
          01000000-01ffffff : Kernel code
          08000000-0fffffff : System RAM
        10000000-100fffff : ACPI Tables
        20000000-2fffffff : Persistent Memory (legacy)
        e0000000-efffffff : PCI Bus 0000:00
          e0000000-e07fffff : efifb
        """;
    assertThat(side.claims(SideFileKind.IOMEM, text))
        .containsExactly(
            "1000-a0000 ram System RAM",
            "a0000-c0000 firmware-reserved reserved",
            "c0000-c8000 firmware-reserved Video ROM",
            "c8000-d0000 firmware-reserved reserved",
            "d0000-d1000 device driver",
            "d1000-100000 firmware-reserved reserved",
            "100000-1000000 ram System RAM",
            "1000000-2000000 ram Kernel code",
            "2000000-10000000 ram System RAM",
            "10000000-10100000 acpi ACPI Tables",
            "20000000-30000000 persistent Persistent Memory (legacy)",
            "e0000000-e0800000 frame-buffer efifb",
            "e0800000-f0000000 device PCI Bus 0000:00");
  }

  @Test
  void anIomemWithoutAddressesIsPermissionDenied() {
    String text = "00000000-00000000 : System RAM\n  00000000-00000000 : Kernel code\n";
    assertThatThrownBy(() -> side.claims(SideFileKind.IOMEM, text))
        .hasMessageStartingWith("PS-102 ")
        .hasMessageContaining("permission denied")
        .hasMessageContaining("as root");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello",
        "1000-2000 : ok\n9000-8000 : wraps",
        "1000-2000 : ok\n20000000000000-20000000000fff : beyond 2^52",
        "1000-2000 : ok\nffffffffffffffff-ffffffffffffffff : beyond",
        "1000-2000 : ok\n      1000-1fff : too deep"
      })
  void aBrokenLineOfIomemIsNamed(String text) {
    assertThatThrownBy(() -> side.claims(SideFileKind.IOMEM, text))
        .hasMessageStartingWith("PS-104 ")
        .hasMessageContaining(text.startsWith("hello") ? "line 1:" : "line 2:");
  }

  @Test
  void e820IsReadInAllItsForms() throws IOException {
    String[] expected = {
      "0-a0000 ram usable",
      "100000-200000 acpi ACPI data",
      "200000-300000 persistent persistent (type 12)",
      "300000-301000 unknown type 20"
    };
    String table =
        """
        %1$sBIOS-e820: [mem 0x0000000000000000-0x000000000009ffff] usable
        %1$sBIOS-e820: [mem 0x0000000000100000-0x00000000001fffff] ACPI data
        %1$sBIOS-e820: [mem 0x0000000000200000-0x00000000002fffff] persistent (type 12)
        %1$sBIOS-e820: [mem 0x0000000000300000-0x0000000000300fff] type 20
        """;
    for (String prefix :
        List.of("", "[    0.000000] ", "<6>[    0.000000] ", "Nov 25 12:00:00 host kernel: ")) {
      assertThat(side.claims(SideFileKind.E820, "Linux version 6\n" + table.formatted(prefix)))
          .as(prefix)
          .containsExactly(expected);
    }
    // The changed table is a print of the same; firmware's own is taken where both are there.
    assertThat(
            side.claims(
                SideFileKind.E820,
                table.formatted("")
                    + "user: [mem 0x0000000000000000-0x0000000000000fff] reserved\n"))
        .containsExactly(expected);
    assertThat(side.claims(SideFileKind.E820, "modified: [mem 0x0-0xfff] usable"))
        .containsExactly("0-1000 ram usable");
    // Before 3.5: the end is exclusive.
    assertThat(
            side.claims(
                SideFileKind.E820,
                """
                 BIOS-e820: 0000000000000000 - 000000000009f000 (usable)
                 BIOS-e820: 0000000000100000 - 0000000000200000 (ACPI NVS)
                """))
        .containsExactly("0-9f000 ram usable", "100000-200000 acpi ACPI NVS");
    assertThat(side.claims(SideFileKind.E820, "0x0 0x9fbff System RAM\n0x9fc00 0x9ffff Reserved\n"))
        .containsExactly("0-9f000 ram System RAM", "9f000-a0000 firmware-reserved Reserved");
    assertThatThrownBy(() -> side.claims(SideFileKind.E820, "no table here"))
        .hasMessageStartingWith("PS-104 ");
  }

  /** sanitize_e820_map's rule: the higher type number, here reserved, wins an overlap. */
  @Test
  void overlapsInE820GoToTheMoreCautious() throws IOException {
    assertThat(side.claims(SideFileKind.E820, "0x0 0xffff System RAM\n0x4000 0x4fff Reserved\n"))
        .containsExactly(
            "0-4000 ram System RAM",
            "4000-5000 firmware-reserved Reserved",
            "5000-10000 ram System RAM");
  }

  @Test
  void efiIsReadAsTextAndAsDescriptors() throws IOException {
    String text =
        """
        [    0.000000] efi: mem00: [Boot Code          |   |  |  |  |  |  |  |  |   |WB|WT|WC|UC] range=[0x0000000000000000-0x0000000000000fff] (0MB)
        [    0.000000] efi: mem01: [Conventional Memory|   |  |  |  |   |WB|WT|WC|UC] range=[0x0000000000001000-0x0000000000010000) (0MB)
        [    0.000000] efi: mem02: type=9, attr=0xf, range=[0x0000000000010000-0x0000000000020000) (0MB)
        [    0.000000] efi: mem03: [MMIO               |RUN|  |  |  |  |  |  |  |   |  |  |  |UC] range=[0x00000000fed00000-0x00000000fed00fff] (0MB)
        """;
    String[] expected = {
      "0-1000 ram Boot Code",
      "1000-10000 ram Conventional",
      "10000-20000 acpi ACPI Reclaim",
      "fed00000-fed01000 device MMIO"
    };
    assertThat(side.claims(SideFileKind.EFI, text)).containsExactly(expected);
    for (int stride : List.of(40, 48)) {
      ByteBuffer map = ByteBuffer.allocate(4 * stride).order(ByteOrder.LITTLE_ENDIAN);
      descriptor(map, 0, 3, 0, 1);
      descriptor(map, stride, 7, 0x1000, 15);
      descriptor(map, 2 * stride, 9, 0x10000, 16);
      descriptor(map, 3 * stride, 11, 0xfed00000L, 1);
      assertThat(side.claims(SideFileKind.EFI, map.array()))
          .as("%d", stride)
          .containsExactly(expected);
    }
    assertThatThrownBy(() -> side.claims(SideFileKind.EFI, new byte[47]))
        .hasMessageStartingWith("PS-104 ");
  }

  @Test
  void windowsRangesAreReadInAllTheirForms() throws IOException {
    String[] expected = {
      "1000-9f000 ram Physical Memory", "100000000-240000000 ram Physical Memory"
    };
    ByteBuffer array = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
    array.putLong(0x1000).putLong(0x9e000).putLong(0x100000000L).putLong(0x140000000L);
    assertThat(side.claims(SideFileKind.WINDOWS_RANGES, array.array())).containsExactly(expected);
    assertThatThrownBy(() ->
            side.claims(SideFileKind.WINDOWS_RANGES, java.util.Arrays.copyOf(array.array(), 32)))
        .hasMessageContaining("the list is truncated");
    for (String listing :
        List.of(
            "# base, bytes\n0x1000 0x9e000\n0x100000000 0x140000000\n",
            "2 memory ranges:\nStart 0x1000 - Length 0x9E000\nStart 0x100000000 - Length 0x140000000\n",
            "BaseAddress=0x1000, NumberOfBytes=0x9e000\nBaseAddress=0x100000000, "
                + "NumberOfBytes=0x140000000")) {
      assertThat(side.claims(SideFileKind.WINDOWS_RANGES, listing)).containsExactly(expected);
    }
    assertThatThrownBy(() -> side.claims(SideFileKind.WINDOWS_RANGES, "0x1000 - 0x9ffff\n"))
        .hasMessageContaining("line 1");
    for (int size : List.of(16, 20)) {
      byte[] value = resourceList(size);
      assertThat(side.claims(SideFileKind.WINDOWS_RANGES, value)).containsExactly(expected);
      String hex = HexFormat.ofDelimiter(",").formatHex(value);
      String reg =
          "Windows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\HARDWARE\\RESOURCEMAP\\"
              + "System Resources\\Physical Memory]\r\n\".Raw\"=hex(8):00\r\n\".Translated\"=hex(8):"
              + hex.substring(0, 30)
              + "\\\r\n  "
              + hex.substring(30)
              + "\r\n";
      byte[] utf16 = ("\ufeff" + reg).getBytes(StandardCharsets.UTF_16LE);
      assertThat(side.claims(SideFileKind.WINDOWS_RANGES, utf16)).containsExactly(expected);
      assertThat(side.claims(SideFileKind.WINDOWS_RANGES, reg)).containsExactly(expected);
      assertThatThrownBy(() ->
              side.claims(
                  SideFileKind.WINDOWS_RANGES, java.util.Arrays.copyOf(value, value.length - 1)))
          .hasMessageStartingWith("PS-104 ");
    }
  }

  private static void descriptor(ByteBuffer map, int at, int type, long start, long pages) {
    map.putInt(at, type).putLong(at + 8, start).putLong(at + 24, pages).putLong(at + 32, 0xf);
  }

  /** One full descriptor, a small range of type Memory, and 5 GiB as Large40: units of 256. */
  private static byte[] resourceList(int size) {
    ByteBuffer list = ByteBuffer.allocate(20 + 2 * size).order(ByteOrder.LITTLE_ENDIAN);
    list.putInt(1).putInt(0).putInt(0).putShort((short) 1).putShort((short) 1).putInt(2);
    list.put(20, (byte) 3).putLong(24, 0x1000).putInt(32, 0x9e000);
    int second = 20 + size;
    list.put(second, (byte) 7).putShort(second + 2, (short) 0x200);
    list.putLong(second + 4, 0x100000000L).putInt(second + 12, 0x1400000);
    return list.array();
  }
}

package io.pagestream.kernel.symbol;

import static org.assertj.core.api.Assertions.assertThat;

import io.pagestream.images.memory.VmcoreInfo;
import io.pagestream.images.pagetable.PagingMode;
import io.pagestream.kernel.locate.LocatedKernel;
import io.pagestream.kernel.machine.FakeMachine;
import io.pagestream.kernel.machine.KallsymsWriter;
import io.pagestream.kernel.machine.KallsymsWriter.Layout;
import io.pagestream.kernel.memory.PhysicalPages;
import io.pagestream.kernel.memory.ReadBudget;
import io.pagestream.kernel.memory.VirtualMemory;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Symbol tables in the layout of every version, written independently. */
final class KallsymsTest {
  private static final long TABLES = FakeMachine.KERNEL + 0x20_0000;
  private static final long BANNER = FakeMachine.KERNEL + 0x10_0000;

  static Stream<Layout> layouts() {
    return Stream.of(
        new Layout(true, "absolute", 8, "none"), // before 4.6
        new Layout(true, "base", 8, "none"), // 4.6 to 4.19
        new Layout(true, "signed", 4, "none"), // 4.20 to 6.1
        new Layout(true, "signed", 4, "names"), // 6.2, 6.3
        new Layout(true, "absolute", 4, "none"),
        new Layout(false, "signed", 4, "end"), // 6.4 to 6.14
        new Layout(false, "base", 4, "end"), // 6.15 to 6.19
        new Layout(false, "self", 4, "end")); // from 7.0 on
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void everyLayoutIsFoundWithoutVmcoreInfo(Layout layout) {
    assertThat(read(layout, false)).isEqualTo(new TreeMap<>(addresses()));
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void everyLayoutIsReadByVmcoreInfo(Layout layout) {
    assertThat(read(layout, true)).isEqualTo(new TreeMap<>(addresses()));
  }

  private static Map<String, Long> read(Layout layout, boolean withInfo) {
    FakeMachine machine = new FakeMachine();
    machine.text(BANNER, "Linux version 6.99");
    machine.text(TABLES - 64, "0\0" + "1\0" + "2\0" + "3\0" + "4\0"); // not a token table
    KallsymsWriter writer = new KallsymsWriter(machine, layout, symbols());
    writer.write(TABLES);
    VmcoreInfo info =
        withInfo
            ? VmcoreInfo.of(writer.vmcoreInfo().getBytes(StandardCharsets.US_ASCII))
            : new VmcoreInfo(Map.of());
    try (PhysicalPages pages = new PhysicalPages(machine, new ReadBudget(10_000_000))) {
      VirtualMemory memory = new VirtualMemory(pages, PagingMode.FOUR_LEVEL, 0, FakeMachine.ROOT);
      Optional<SymbolTable> table =
          Kallsyms.read(new LocatedKernel(memory, info, "test"), addresses().keySet());
      assertThat(table).isPresent();
      assertThat(table.get().count()).isEqualTo(symbols().size());
      return new TreeMap<>(table.get().addresses());
    }
  }

  /** By type and name, sorted by address as in every kernel. */
  private static Map<String, Long> symbols() {
    Map<String, Long> symbols = new LinkedHashMap<>();
    symbols.put("A__per_cpu_start", 0L);
    symbols.put("T_stext", FakeMachine.KERNEL);
    for (int i = 1; i < 900; i++) {
      symbols.put("tfunction_" + i + "x".repeat(i % 200), FakeMachine.KERNEL + 16L * i);
    }
    symbols.put("Dlinux_banner", BANNER);
    symbols.put("Diomem_resource", BANNER + 0x100);
    return symbols;
  }

  private static Map<String, Long> addresses() {
    Map<String, Long> addresses = new LinkedHashMap<>();
    for (String name :
        List.of("T_stext", "Dlinux_banner", "Diomem_resource", "tfunction_7xxxxxxx")) {
      addresses.put(name.substring(1), symbols().get(name));
    }
    return addresses;
  }
}

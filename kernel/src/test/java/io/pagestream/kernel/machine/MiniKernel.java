package io.pagestream.kernel.machine;

import io.pagestream.kernel.machine.KallsymsWriter.Layout;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A machine with the smallest kernel that has all records: VMCOREINFO, symbols, types, resources,
 * MTRRs, the PAT, memory types, and processes.
 */
public final class MiniKernel {
  private static final long K = FakeMachine.KERNEL;
  private static final long BANNER = K + 0x10_0000;
  private static final long OBJECTS = K + 0x11_0000;
  private static final long TABLES = K + 0x20_0000;
  private static final long TYPES = K + 0x30_0000;
  private static final int INFO_PAGE = 0x10000;

  /** Places where the records are, as pairs of physical start and end, to be damaged. */
  private static final long[][] PLACES = {
    {OBJECTS, 0x2000},
    {OBJECTS, 0x2000},
    {OBJECTS, 0x2000},
    {TABLES, 0x1800},
    {TYPES, 0x800},
    {K, 0x3000}
  };

  private final FakeMachine machine = new FakeMachine();
  private final Map<String, Long> symbols = new LinkedHashMap<>();

  private MiniKernel() {}

  /** The machine. */
  public static FakeMachine machine() {
    return machine(new Layout(false, "base", 4, "end"));
  }

  /** The machine with a layout of the symbol table. */
  public static FakeMachine machine(Layout layout) {
    MiniKernel kernel = new MiniKernel();
    kernel.write(layout);
    return kernel.machine;
  }

  /** Number of places. */
  public static int places() {
    return PLACES.length + 1;
  }

  /** Physical address of the start of a place. */
  public static int start(int place) {
    return place == PLACES.length ? INFO_PAGE : FakeMachine.physical(PLACES[place][0]);
  }

  /** Length of a place in bytes. */
  public static int length(int place) {
    return place == PLACES.length ? 0x400 : (int) PLACES[place][1];
  }

  private void write(Layout layout) {
    symbols.put("T_stext", K);
    for (int i = 1; i < 400; i++) {
      symbols.put("tfunction_" + i, K + 16L * i);
    }
    symbols.put("Dlinux_banner", BANNER);
    symbols.put("Dinit_top_pgt", K);
    machine.text(BANNER, "Linux version 6.99");
    resources();
    mtrrs();
    memtypes();
    tasks();
    symbols.put("D__start_BTF", TYPES);
    machine.bytes(TYPES, types());
    KallsymsWriter writer = new KallsymsWriter(machine, layout, symbols);
    writer.write(TABLES);
    String text =
        "OSRELEASE=6.99-mini\nSYMBOL(swapper_pg_dir)=%x\nSYMBOL(_stext)=%x\n".formatted(K, K)
            + "NUMBER(phys_base)=%d\n".formatted(FakeMachine.LOADED - (K - 0xffffffff80000000L))
            + writer.vmcoreInfo();
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, machine.memory(), INFO_PAGE, bytes.length);
  }

  private static byte[] types() {
    BtfWriter types = new BtfWriter();
    int u64 = types.integer(8);
    int u32 = types.integer(4);
    int u8 = types.integer(1);
    types.structure(
        "resource",
        64,
        "start",
        u64,
        0,
        "end",
        u64,
        8,
        "name",
        u64,
        16,
        "parent",
        u64,
        40,
        "sibling",
        u64,
        48,
        "child",
        u64,
        56);
    int register =
        types.structure(
            "mtrr_var_range",
            16,
            "base_lo",
            u32,
            0,
            "base_hi",
            u32,
            4,
            "mask_lo",
            u32,
            8,
            "mask_hi",
            u32,
            12);
    int registers = types.type(3, "", 0, register, u32, 8);
    int bytes = types.type(3, "", 0, u8, u32, 88);
    types.structure(
        "mtrr_state_type",
        224,
        "var_ranges",
        registers,
        0,
        "fixed_ranges",
        bytes,
        128,
        "enabled",
        u8,
        216,
        "have_fixed",
        u8,
        217,
        "def_type",
        u8,
        218);
    int node = types.structure("rb_node", 24, "rb_right", u64, 8, "rb_left", u64, 16);
    types.structure("memtype", 56, "start", u64, 0, "end", u64, 8, "type", u32, 24, "rb", node, 32);
    int list = types.structure("list_head", 16, "next", u64, 0, "prev", u64, 8);
    int name = types.type(3, "", 0, u8, u32, 16);
    types.structure(
        "task_struct",
        128,
        "tasks",
        list,
        16,
        "mm",
        u64,
        32,
        "pid",
        u32,
        40,
        "tgid",
        u32,
        44,
        "comm",
        name,
        48);
    types.structure("mm_struct", 64, "pgd", u64, 8);
    return types.bytes();
  }

  private void resources() {
    symbols.put("Diomem_resource", OBJECTS);
    resource(0, 0, -1, "PCI mem", 0, 1);
    resource(1, 0x1000, 0x9fbff, "System RAM", 2, 0);
    resource(2, 0x100000, 0x7fffff, "System RAM", 4, 3);
    resource(3, 0x200000, 0x3fffff, "Kernel code", 0, 0);
    resource(4, 0xfee00000L, 0xfee00fffL, "Local APIC", 0, 0);
  }

  private void resource(int number, long start, long end, String name, int sibling, int child) {
    long at = OBJECTS + 64L * number;
    long text = OBJECTS + 0x400 + 32L * number;
    machine.text(text, name);
    machine.u64(at, start);
    machine.u64(at + 8, end);
    machine.u64(at + 16, text);
    machine.u64(at + 48, sibling == 0 ? 0 : OBJECTS + 64L * sibling);
    machine.u64(at + 56, child == 0 ? 0 : OBJECTS + 64L * child);
  }

  private void mtrrs() {
    long state = OBJECTS + 0x800;
    symbols.put("Dmtrr_state", state);
    machine.u32(state, 0x80000000L);
    machine.u32(state + 8, 0x80000800L);
    machine.u32(state + 12, 0xff);
    for (int i = 0; i < 11; i++) {
      machine.u64(state + 128 + 8L * i, 0x0606060606060606L);
    }
    machine.u32(state + 216, 0x060103);
    symbols.put("d__pte2cachemode_tbl", OBJECTS + 0xa00);
    machine.bytes(OBJECTS + 0xa00, new byte[] {0, 1, 2, 3, 0, 5, 2, 4});
  }

  private void memtypes() {
    symbols.put("bmemtype_rbroot", OBJECTS + 0xa80);
    machine.u64(OBJECTS + 0xa80, node(1));
    memtype(0, 0xfd000000L, 0xfd100000L, 1, -1, -1);
    memtype(1, 0xfe000000L, 0xfe001000L, 2, 0, 2);
    memtype(2, 0xff000000L, 0xff002000L, 3, -1, -1);
  }

  private static long node(int number) {
    return number < 0 ? 0 : OBJECTS + 0xb00 + 64L * number + 32;
  }

  private void memtype(int number, long start, long end, int type, int left, int right) {
    long at = node(number) - 32;
    machine.u64(at, start);
    machine.u64(at + 8, end);
    machine.u32(at + 24, type);
    machine.u64(at + 40, node(right));
    machine.u64(at + 48, node(left));
  }

  private void tasks() {
    symbols.put("Dinit_task", task(0));
    long mm = OBJECTS + 0x1800;
    machine.u64(mm + 8, K);
    String[] names = {"swapper/0", "init", "sh", "kthread"};
    for (int i = 0; i < names.length; i++) {
      machine.u64(task(i) + 16, task((i + 1) % names.length) + 16);
      machine.u64(task(i) + 24, task((i + names.length - 1) % names.length) + 16);
      machine.u64(task(i) + 32, i == 1 || i == 2 ? mm : 0);
      machine.u32(task(i) + 40, i);
      machine.u32(task(i) + 44, i);
      machine.text(task(i) + 48, names[i]);
    }
  }

  private static long task(int number) {
    return OBJECTS + 0x1000 + 128L * number;
  }
}

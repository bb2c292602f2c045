package io.pagestream.kernel.machine;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes kallsyms in the layouts of all versions, after the description in the documentation and in
 * Linux's scripts/kallsyms.c: independent of the reader.
 */
public final class KallsymsWriter {
  /**
   * A layout.
   *
   * @param addressesFirst whether the addresses precede the names
   * @param form {@code absolute}, {@code base}, {@code signed}, {@code self}
   * @param markerBytes 8 before 4.20, then 4
   * @param sequences where 3 bytes for each symbol are: {@code none}, {@code names}, {@code end}
   */
  public record Layout(boolean addressesFirst, String form, int markerBytes, String sequences) {}

  private static final int BLOCK = 256;
  private static final Map<String, Integer> PAIRS = pairs();

  private final FakeMachine machine;
  private final Layout layout;
  private final Map<String, Long> symbols;
  private final Map<String, Long> places = new java.util.HashMap<>();
  private long at;

  /**
   * A writer.
   *
   * @param symbols addresses by type and name, {@code T_stext}, in order
   */
  public KallsymsWriter(FakeMachine machine, Layout layout, Map<String, Long> symbols) {
    this.machine = machine;
    this.layout = layout;
    this.symbols = symbols;
  }

  /**
   * Writes all tables from an address on.
   *
   * @return address after the last table
   */
  public long write(long start) {
    at = start;
    if (layout.addressesFirst()) {
      addresses();
    }
    place("kallsyms_num_syms");
    machine.u64(at, symbols.size());
    at += 8;
    List<Long> markers = new ArrayList<>();
    ByteArrayOutputStream names = new ByteArrayOutputStream();
    int index = 0;
    for (String name : symbols.keySet()) {
      if (index++ % BLOCK == 0) {
        markers.add((long) names.size());
      }
      byte[] tokens = compressed(name);
      if (tokens.length >= 0x80) { // ULEB128, from 6.1 on
        names.write((tokens.length & 0x7f) | 0x80);
        names.write(tokens.length >> 7);
      } else {
        names.write(tokens.length);
      }
      names.writeBytes(tokens);
    }
    place("kallsyms_names");
    put(names.toByteArray());
    ByteBuffer table = little(markers.size() * layout.markerBytes());
    for (long marker : markers) {
      if (layout.markerBytes() == 8) {
        table.putLong(marker);
      } else {
        table.putInt((int) marker);
      }
    }
    put(bytesOf(table));
    sequences("names");
    ByteArrayOutputStream tokens = new ByteArrayOutputStream();
    ByteBuffer starts = little(512);
    for (int i = 0; i < 256; i++) {
      starts.putShort((short) tokens.size());
      tokens.writeBytes((token(i) + "\0").getBytes(StandardCharsets.ISO_8859_1));
    }
    place("kallsyms_token_table");
    put(tokens.toByteArray());
    place("kallsyms_token_index");
    put(bytesOf(starts));
    if (!layout.addressesFirst()) {
      addresses();
    }
    sequences("end");
    return at;
  }

  /** Lines of VMCOREINFO for the tables. */
  public String vmcoreInfo() {
    StringBuilder text = new StringBuilder();
    places.forEach((name, place) -> text.append("SYMBOL(%s)=%x%n".formatted(name, place)));
    return text.toString().replace("\r", "");
  }

  private void place(String name) {
    places.put(name, at);
  }

  private void sequences(String where) {
    if (layout.sequences().equals(where)) {
      put(new byte[3 * symbols.size()]);
    }
  }

  private void addresses() {
    boolean wide = layout.form().equals("absolute");
    place(wide ? "kallsyms_addresses" : "kallsyms_offsets");
    ByteBuffer table = little(symbols.size() * (wide ? 8 : 4));
    long base = FakeMachine.KERNEL;
    for (long address : symbols.values()) {
      long place = at + table.position();
      switch (layout.form()) {
        case "absolute" -> table.putLong(address);
        case "base" -> table.putInt((int) (address - base));
        case "signed" -> table.putInt(address >= 0 ? (int) address : (int) (base - 1 - address));
        default -> table.putInt((int) (address - place));
      }
    }
    put(bytesOf(table));
    if (layout.form().equals("base") || layout.form().equals("signed")) {
      place("kallsyms_relative_base");
      put(little(8).putLong(base).array());
    }
  }

  private void put(byte[] bytes) {
    machine.bytes(at, bytes);
    at = (at + bytes.length + 7) & -8L;
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Printable characters stand for themselves, the others for pairs of letters. */
  private static String token(int index) {
    if (index > ' ' && index < 0x7f) {
      return String.valueOf((char) index);
    }
    return "" + (char) ('a' + index % 26) + (char) ('a' + index / 26);
  }

  private static Map<String, Integer> pairs() {
    Map<String, Integer> pairs = new java.util.HashMap<>();
    for (int i = 255; i >= 0; i--) {
      if (token(i).length() == 2) {
        pairs.put(token(i), i);
      }
    }
    return pairs;
  }

  private static byte[] compressed(String name) {
    ByteArrayOutputStream tokens = new ByteArrayOutputStream();
    for (int i = 0; i < name.length(); ) {
      Integer pair = i + 2 <= name.length() ? PAIRS.get(name.substring(i, i + 2)) : null;
      tokens.write(pair != null ? pair : name.charAt(i));
      i += pair != null ? 2 : 1;
    }
    return tokens.toByteArray();
  }

  /** All bytes of a buffer. */
  private static byte[] bytesOf(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.capacity()];
    buffer.get(0, bytes);
    return bytes;
  }
}

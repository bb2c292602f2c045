package io.pagestream.analyzers.network;

import io.pagestream.analyzers.api.Encoding;
import io.pagestream.analyzers.contract.Found;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Packets and messages by name, and what is found in them. */
final class Packets {
  private static final Map<String, String> HEX = load();

  private Packets() {}

  private static Map<String, String> load() {
    try (InputStream in = Packets.class.getResourceAsStream("packets.txt")) {
      Map<String, String> all = new HashMap<>();
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      text.lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" ", 2))
          .forEach(line -> all.put(line[0], line[1]));
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<byte[]> all() {
    return HEX.keySet().stream().sorted().map(Packets::bytes).toList();
  }

  static String hex(String name) {
    return Objects.requireNonNull(HEX.get(name), name);
  }

  static byte[] bytes(String name) {
    return HexFormat.of().parseHex(hex(name));
  }

  /** A packet of which the first bytes are found; attributes as {@code key=value}, after spaces. */
  static Found packet(String name, int length, String value, String attributes) {
    Map<String, String> all = attributes(attributes);
    String hex = hex(name);
    all.put("bytes", hex.substring(0, 2 * length));
    all.put("original-length", Integer.toString(hex.length() / 2));
    return new Found("packet", 0, length, value, Encoding.BINARY, all);
  }

  static Found packet(String name, String value, String attributes) {
    return packet(name, hex(name).length() / 2, value, attributes);
  }

  static Found flow(int length, String value) {
    return Found.at(0, "network-flow", length, value, Encoding.BINARY);
  }

  static Found message(int at, String kind, int length, String value, String attributes) {
    return new Found(kind, at, length, value, Encoding.BINARY, attributes(attributes));
  }

  private static Map<String, String> attributes(String text) {
    Map<String, String> all = new HashMap<>();
    for (String pair : text.split(" ", -1)) {
      String[] parts = pair.split("=", 2);
      all.put(parts[0], parts[1].replace(";", ", ").replace('\u00a0', ' '));
    }
    return all;
  }
}

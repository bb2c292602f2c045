package io.pagestream.analyzers.files;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A name in an archive, whose encoding is often not declared: UTF-8 if it is valid UTF-8, else the
 * encoding that the format defines.
 *
 * @param text the name
 * @param encoding its encoding
 */
record FileName(String text, String encoding) {
  /** Characters 128 to 255 of code page 437 (Unicode consortium, CP437.TXT). */
  private static final String CP437 =
      "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐"
          + "└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0";

  private static final Charset SHIFT_JIS = Charset.forName("Shift_JIS");

  /** Number of characters of two bytes that are required to assume Shift-JIS. */
  private static final int LEAST_JAPANESE = 2;

  /**
   * The name in a gzip header, which RFC 1952 defines as ISO 8859-1 and gzip writes in the encoding
   * of the system.
   */
  static FileName latin1(HeaderBytes header, int at, int length) {
    return of(
        header, at, length, bytes -> new String(bytes, StandardCharsets.ISO_8859_1), "ISO-8859-1");
  }

  /**
   * The name in a zip entry, which APPNOTE, appendix D defines as code page 437 or UTF-8, and
   * Japanese systems write as Shift-JIS.
   */
  static FileName oem(HeaderBytes header, int at, int length) {
    byte[] name = header.copy(at, length);
    return isJapanese(name)
        ? of(header, at, length, bytes -> new String(bytes, SHIFT_JIS), "Shift_JIS")
        : of(header, at, length, FileName::cp437, "CP437");
  }

  private interface Decoder {
    String decode(byte[] bytes);
  }

  private static FileName of(
      HeaderBytes header, int at, int length, Decoder decoder, String encoding) {
    boolean ascii = true;
    for (int i = 0; i < length; i++) {
      ascii &= header.u8(at + i) < 0x80;
    }
    if (ascii) {
      return new FileName(header.ascii(at, length), "US-ASCII");
    }
    byte[] name = header.copy(at, length);
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name)).toString();
      return new FileName(text, "UTF-8");
    } catch (CharacterCodingException e) {
      return new FileName(decoder.decode(name), encoding);
    }
  }

  private static String cp437(byte[] name) {
    StringBuilder text = new StringBuilder(name.length);
    for (byte letter : name) {
      text.append(letter >= 0 ? (char) letter : CP437.charAt(letter & 0x7f));
    }
    return text.toString();
  }

  /**
   * Whether all bytes above 127 form characters of two bytes that are kana or kanji, and there are
   * at least two of them.
   */
  private static boolean isJapanese(byte[] name) {
    int pairs = 0;
    int i = 0;
    while (i < name.length) {
      int lead = name[i] & 0xff;
      if (lead < 0x80) {
        i++;
        continue;
      }
      boolean isLead = (lead >= 0x81 && lead <= 0x9f) || (lead >= 0xe0 && lead <= 0xef);
      if (!isLead || i + 1 == name.length || !isKana(new String(name, i, 2, SHIFT_JIS))) {
        return false;
      }
      pairs++;
      i += 2;
    }
    return pairs >= LEAST_JAPANESE;
  }

  private static boolean isKana(String pair) {
    if (pair.length() != 1) {
      return false;
    }
    char letter = pair.charAt(0);
    return (letter >= 0x3000 && letter <= 0x30ff)
        || (letter >= 0x4e00 && letter <= 0x9fff)
        || (letter >= 0xff00 && letter <= 0xff5e);
  }

  /** Whether the name contains control characters, such as the carriage return of macOS's icons. */
  boolean hasControls() {
    return text.chars().anyMatch(Character::isISOControl);
  }

  /** The name with control characters replaced. */
  String printable() {
    StringBuilder printable = new StringBuilder(text.length());
    text.chars()
        .forEach(
            letter -> printable.append(Character.isISOControl(letter) ? '\ufffd' : (char) letter));
    return printable.toString();
  }

  /** Adds the name, and its encoding if that is neither ASCII nor UTF-8. */
  void describe(Map<String, String> attributes, String key) {
    attributes.put(key, printable());
    if (!encoding.equals("US-ASCII") && !encoding.equals("UTF-8")) {
      attributes.put("name-encoding", encoding);
    }
  }
}

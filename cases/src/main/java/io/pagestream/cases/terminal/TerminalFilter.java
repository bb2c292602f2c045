package io.pagestream.cases.terminal;

import io.pagestream.cases.text.HostileText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Removes characters that could affect a terminal from UTF-8 output. Line feeds, CR LF and tabs
 * pass; bytes that are not UTF-8 become U+FFFD.
 */
public final class TerminalFilter extends OutputStream {
  private static final int PIECE = 8192;

  private final OutputStream out;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private final ByteBuffer waiting = ByteBuffer.allocate(PIECE);
  private final CharBuffer decoded = CharBuffer.allocate(PIECE);

  /** A filter before a stream. */
  public TerminalFilter(OutputStream out) {
    this.out = out;
  }

  @Override
  public synchronized void write(int b) throws IOException {
    if (!waiting.hasRemaining()) {
      pass();
    }
    waiting.put((byte) b);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    for (int done = 0; done < length; ) {
      if (!waiting.hasRemaining()) {
        pass();
      }
      int some = Math.min(waiting.remaining(), length - done);
      waiting.put(bytes, offset + done, some);
      done += some;
    }
  }

  /** Forwards all complete characters; the bytes of an incomplete character are kept. */
  private void pass() throws IOException {
    waiting.flip();
    decoder.decode(waiting, decoded, false);
    waiting.compact();
    decoded.flip();
    String safe = HostileText.printableLines(decoded.toString().replace("\r\n", "\n"), false);
    decoded.clear();
    out.write(safe.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public synchronized void flush() throws IOException {
    pass();
    out.flush();
  }

  @Override
  public synchronized void close() throws IOException {
    flush();
    out.close();
  }
}

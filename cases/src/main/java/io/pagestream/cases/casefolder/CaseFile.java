package io.pagestream.cases.casefolder;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.pagestream.cases.seal.CorruptJson;
import io.pagestream.cases.seal.NoFollow;
import io.pagestream.schemas.error.ErrorCode;
import io.pagestream.schemas.error.PagestreamException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads a file of a case, one JSON object after the other, with at most one in memory. The folder
 * may come from another person, so its content is not trusted.
 */
record CaseFile(Path file) {
  /**
   * Receives one object: the parser is after its opening brace, and must be left at its closing
   * one.
   */
  @FunctionalInterface
  interface ObjectReader {
    void read(JsonParser json) throws IOException;
  }

  /**
   * Reads all objects.
   *
   * @throws PagestreamException {@link ErrorCode#FILE_NOT_FOUND}, {@link ErrorCode#READ_FAILED}, or
   *     {@link ErrorCode#RECORD_CORRUPT} with the position
   */
  void forEach(ObjectReader reader) {
    try (InputStream in = NoFollow.stream(file);
        JsonParser json = new JsonFactory().createParser(in)) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token != JsonToken.START_OBJECT) {
          throw corrupt(json, "is not a JSON object");
        }
        reader.read(json);
      }
    } catch (JacksonException e) {
      throw CorruptJson.of(e, file);
    } catch (IOException e) {
      throw PagestreamException.inFile(
              ErrorCode.READ_FAILED, file.toString(), e.toString(), "check the disk")
          .causedBy(e);
    }
  }

  /** A number from {@code least} to {@code most} at the position of the parser. */
  long number(JsonParser json, long least, long most) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw corrupt(json, "should be a number");
    }
    long value = json.getLongValue();
    if (value < least || value > most) {
      throw corrupt(json, "is out of bounds: " + value);
    }
    return value;
  }

  /** A text at the position of the parser. */
  String text(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw corrupt(json, "should be a text");
    }
    return json.getText();
  }

  /** The texts of an object by their names, at the position of the parser. */
  Map<String, String> textByName(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw corrupt(json, "should be an object");
    }
    Map<String, String> texts = new TreeMap<>();
    for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
      var unusedValue = json.nextToken();
      texts.put(field, text(json));
    }
    return texts;
  }

  /** A constant, given as its kebab-case word, at the position of the parser. */
  <E extends Enum<E>> E word(JsonParser json, Class<E> type) throws IOException {
    String name = text(json).toUpperCase(Locale.ROOT).replace('-', '_');
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.name().equals(name))
        .findFirst()
        .orElseThrow(() -> corrupt(json, "is a word that this version does not know"));
  }

  PagestreamException corrupt(JsonParser json, String what) {
    return CorruptJson.at(json, file, what);
  }
}

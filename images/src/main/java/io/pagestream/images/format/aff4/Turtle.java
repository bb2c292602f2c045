package io.pagestream.images.format.aff4;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The statements of an RDF document in Turtle (W3C), as far as AFF4 uses it: prefixes, IRIs,
 * literals, and lists of predicates and objects. What cannot be read ends the document.
 */
final class Turtle {
  private static final String TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
  private static final int MOST_STATEMENTS = 1 << 18;

  private final String text;
  private final Map<String, String> prefixes = new HashMap<>();
  private final Map<String, Map<String, List<String>>> subjects = new LinkedHashMap<>();
  private int at;

  private Turtle(String text) {
    this.text = text;
  }

  /** Reads a document. */
  static Turtle parse(String text) {
    Turtle turtle = new Turtle(text);
    int statements = 0;
    while (turtle.statement() && statements++ < MOST_STATEMENTS) {
      // Each call reads the statements about one subject.
    }
    return turtle;
  }

  /** All subjects, in the order of the document. */
  List<String> subjects() {
    return List.copyOf(subjects.keySet());
  }

  /** The objects of a subject and a predicate, whose name after the last # or / is given. */
  List<String> objects(String subject, String predicate) {
    List<String> found = new ArrayList<>();
    subjects
        .getOrDefault(subject, Map.of())
        .forEach((name, objects) -> {
          if (localName(name).equals(predicate)) {
            found.addAll(objects);
          }
        });
    return found;
  }

  /** The first object of the first of some predicates that a subject has. */
  Optional<String> first(String subject, String... predicates) {
    for (String predicate : predicates) {
      List<String> objects = objects(subject, predicate);
      if (!objects.isEmpty()) {
        return Optional.of(objects.getFirst());
      }
    }
    return Optional.empty();
  }

  /** Whether a subject has a type, by the name after the last # or /. */
  boolean is(String subject, String type) {
    return objects(subject, "type").stream().anyMatch(name -> localName(name).equals(type));
  }

  /** What follows the last # or / of an IRI. */
  static String localName(String iri) {
    return iri.substring(Math.max(iri.lastIndexOf('#'), iri.lastIndexOf('/')) + 1);
  }

  private boolean statement() {
    String subject = token();
    if (subject.isEmpty()) {
      return false;
    }
    if (subject.equals("@prefix") || subject.equalsIgnoreCase("PREFIX")) {
      String prefix = token();
      String iri = token();
      if (!prefix.endsWith(":") || !iri.startsWith("<")) {
        return false;
      }
      prefixes.put(prefix, iri.substring(1));
      return !subject.equals("@prefix") || token().equals(".");
    }
    Map<String, List<String>> properties =
        subjects.computeIfAbsent(resolve(subject), name -> new LinkedHashMap<>());
    String mark = ";";
    while (mark.equals(";")) {
      String predicate = token();
      if (predicate.equals(".")) {
        return true;
      }
      if (predicate.isEmpty()) {
        return false;
      }
      List<String> objects =
          properties.computeIfAbsent(
              predicate.equals("a") ? TYPE : resolve(predicate), name -> new ArrayList<>());
      do {
        String object = token();
        if (object.isEmpty()) {
          return false;
        }
        objects.add(resolve(object));
        mark = token();
      } while (mark.equals(","));
    }
    return mark.equals(".");
  }

  /** The next token: an IRI after {@code <}, a literal after a quote, a mark, or a name. */
  private String token() {
    skip();
    if (at >= text.length()) {
      return "";
    }
    char c = text.charAt(at);
    if (c == '<') {
      int end = text.indexOf('>', at);
      return end < 0 ? "" : from(at, end, end + 1);
    }
    if (c == '"' || c == '\'') {
      return literal(c);
    }
    if (c == ';' || c == ',' || c == '.') {
      at++;
      return String.valueOf(c);
    }
    int end = at;
    while (end < text.length() && " \t\r\n;,<\"".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    // A period ends a statement unless a name goes on after it.
    while (end > at + 1 && text.charAt(end - 1) == '.') {
      end--;
    }
    return end == at ? "" : from(at, end, end);
  }

  private String from(int start, int end, int next) {
    at = next;
    return text.substring(start, end);
  }

  private void skip() {
    while (at < text.length()) {
      if (text.charAt(at) == '#') {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else if (Character.isWhitespace(text.charAt(at))) {
        at++;
      } else {
        return;
      }
    }
  }

  /** A literal, with three quotes or one; its type or language is left out. */
  private String literal(char quote) {
    String three = String.valueOf(quote).repeat(3);
    int width = text.startsWith(three, at) ? 3 : 1;
    StringBuilder value = new StringBuilder("\"");
    int i = at + width;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        value.append(text.charAt(i + 1));
        i += 2;
      } else if (width == 1 ? c == quote : text.startsWith(three, i)) {
        at = i + width;
        annotation();
        return value.toString();
      } else {
        value.append(c);
        i++;
      }
    }
    return "";
  }

  private void annotation() {
    if (text.startsWith("^^", at)) {
      at += 2;
      token();
    } else if (text.startsWith("@", at)) {
      token();
    }
  }

  private String resolve(String token) {
    if (token.startsWith("<") || token.startsWith("\"")) {
      return token.substring(1);
    }
    int colon = token.indexOf(':');
    String prefix = colon < 0 ? null : prefixes.get(token.substring(0, colon + 1));
    return prefix == null ? token : prefix + token.substring(colon + 1);
  }
}

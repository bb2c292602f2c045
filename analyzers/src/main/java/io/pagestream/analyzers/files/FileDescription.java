package io.pagestream.analyzers.files;

import java.util.Map;

/**
 * What a header says of its file.
 *
 * @param value a short description for people
 * @param length bytes of the header, from the file's first byte to the last field that was
 *     validated
 * @param attributes what else is known; sizes in bytes
 */
record FileDescription(String value, int length, Map<String, String> attributes) {}

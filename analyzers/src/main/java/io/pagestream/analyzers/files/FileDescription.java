package io.pagestream.analyzers.files;

import java.util.Map;

/**
 * The description of a file according to its header.
 *
 * @param value a short description
 * @param length bytes of the header, from the file's first byte to the last field that was
 *     validated
 * @param attributes further information; sizes in bytes
 */
record FileDescription(String value, int length, Map<String, String> attributes) {}

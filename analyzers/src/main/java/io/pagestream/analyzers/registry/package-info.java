/**
 * Windows registry hives. Layout: libregf, "Windows NT Registry File (REGF) format". Offsets of
 * cells count from the first hive bin.
 */
@NullMarked
package io.pagestream.analyzers.registry;

import org.jspecify.annotations.NullMarked;

/**
 * The user's YARA rules, evaluated by the system's libyara on each page and the bytes that follow
 * it.
 */
@NullMarked
package io.pagestream.analyzers.yara;

import org.jspecify.annotations.NullMarked;

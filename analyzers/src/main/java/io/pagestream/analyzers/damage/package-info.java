/**
 * How far a compressed stream in memory can be trusted if it turned out to be invalid: the page
 * after the one in which it starts may belong to something else.
 */
@NullMarked
package io.pagestream.analyzers.damage;

import org.jspecify.annotations.NullMarked;

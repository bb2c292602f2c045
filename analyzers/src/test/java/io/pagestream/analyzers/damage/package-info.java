@NullMarked
package io.pagestream.analyzers.damage;

import org.jspecify.annotations.NullMarked;

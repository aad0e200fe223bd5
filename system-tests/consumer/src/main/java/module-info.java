/** A modular application. */
module consumer {
    requires io.orrery;
}

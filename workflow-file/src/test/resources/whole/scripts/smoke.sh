#!/bin/sh
echo "checking $*"

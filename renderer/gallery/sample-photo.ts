/** A drawn face, 72 px square, as base64 of a PNG. */
export const samplePhoto = [
  'iVBORw0KGgoAAAANSUhEUgAAAEgAAABICAMAAABiM0N1AAAAD1BMVEW5yNapuslbOirmv6IvSmtG07lpAAAA00lEQVR42u3UQRKE',
  'MAhE0Q70/c88qynjmBAhqJMq/7p5S4C3t3WSuiQmTkmrJCZAieRIIjmSSJJUHem3CNRg9pQbUm1Lk45b6jqb5IJU+9IjkKohPQGp',
  'WtKqEIYQ7oYwgHA/BBPyvFo1IHVBVmtDyHLyILid0qkLdfZdqPicO6DiciyoeBwTKg7Hhn4oczmAKmqwG0JnWw3ivhjEdl6I/TwQ',
  '7c5CHHcKIiMSYs5RQtA5SAgyB+oiiAxLmHB2EmacWroCImckzDmblA+Rc9L/QuSk9AHuBx54Oo9bgAAAAABJRU5ErkJggg==',
].join('');

/**
 * Towns that people name and the npm data leaves out, most of them since they became part of a
 * larger city. Without them "Lewisham" would be the one in Sydney. Placed by hand, within 1 km.
 */
export const missingTowns: readonly { name: string; region: string; lat: number; lon: number }[] = [
  { name: "North York", region: "CA-ON", lat: 43.7615, lon: -79.4111 },
  { name: "Scarborough", region: "CA-ON", lat: 43.7731, lon: -79.2578 },
  { name: "East York", region: "CA-ON", lat: 43.6913, lon: -79.3277 },
  { name: "Dundas", region: "CA-ON", lat: 43.2667, lon: -79.9536 },
  { name: "Bradford", region: "CA-ON", lat: 44.1144, lon: -79.5663 },
  { name: "Lewisham", region: "GB-ENG", lat: 51.4624, lon: -0.0101 },
  { name: "Deptford", region: "GB-ENG", lat: 51.4787, lon: -0.0263 },
  { name: "Crosby", region: "GB-ENG", lat: 53.4872, lon: -3.0344 },
  { name: "Moseley", region: "GB-ENG", lat: 52.4463, lon: -1.8884 },
  { name: "Leith", region: "GB-SCT", lat: 55.9757, lon: -3.1667 },
  { name: "Tramore", region: "IE-M", lat: 52.1623, lon: -7.1524 },
  { name: "Redcliffe", region: "AU-QLD", lat: -27.2306, lon: 153.0969 },
  { name: "Elizabeth", region: "AU-SA", lat: -34.7167, lon: 138.6667 },
  { name: "Feilding", region: "NZ-MWT", lat: -40.2239, lon: 175.5679 },
  { name: "Flushing", region: "US-NY", lat: 40.7675, lon: -73.8331 },
  { name: "Bedford-Stuyvesant", region: "US-NY", lat: 40.6872, lon: -73.9418 },
  { name: "Roxbury", region: "US-MA", lat: 42.3152, lon: -71.0914 },
  { name: "Dartmouth", region: "US-MA", lat: 41.6221, lon: -70.9695 },
  { name: "Upper Darby", region: "US-PA", lat: 39.9596, lon: -75.26 },
  { name: "Lower Merion", region: "US-PA", lat: 40.01, lon: -75.28 },
  { name: "Hamilton", region: "US-NJ", lat: 40.2282, lon: -74.661 },
  { name: "Windham", region: "US-ME", lat: 43.8, lon: -70.44 },
  { name: "Río Piedras", region: "US-PR", lat: 18.3997, lon: -66.05 },
];
